import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { Failure } from './failure.mjs';
import { root } from './root.mjs';

const KEPT_CHARACTERS_MAX = 200_000;

/**
 * Runs a tool to its end without a terminal and answers its exit code and output, which is also written to a file.
 * The tool has its own process group, so that a signal for us ends its children as well.
 */
export function runTool({ command, args, env, logFile }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  return new Promise((resolve, reject) => {
    const isWindows = process.platform === 'win32';
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: !isWindows, shell: isWindows });
    let output = '';
    const take = (chunk) => {
      output = (output + chunk).slice(-KEPT_CHARACTERS_MAX);
      log.write(chunk);
    };
    // A full disk breaks the log; the tool's own words about it are still in memory.
    log.on('error', () => undefined);
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    const release = endWithUs(child);
    child.once('error', (error) => reject(error.code === 'ENOENT' ? new Failure(`${command} is missing: install Node with its npm, from https://nodejs.org or your system's packages.`) : error));
    child.once('close', (code) => {
      release();
      log.end();
      resolve({ code: code ?? 1, output });
    });
  });
}

function endWithUs(child) {
  const stop = (signal) => {
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      child.kill();
    }
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  return () => STOP_SIGNALS.forEach((signal) => process.off(signal, stop));
}

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
