import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { mustExist } from './commands.mjs';
import { root } from './root.mjs';

const PARENT_LOOK_MS = 1_000;

/**
 * Runs the compiled program on the chosen Node and answers its exit code. Signals are passed on; the channel between us
 * closes when we are killed, so that the program can stop by itself then.
 */
export function handOver({ node, entry, args, env }) {
  mustExist(entry);
  const child = spawn(node, ['--enable-source-maps', entry, ...args], { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (env.npm_lifecycle_event) stopWithNpm(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** An npm that is killed cannot tell us; nobody would be left to stop what we run. */
function stopWithNpm(child) {
  const npm = process.ppid;
  setInterval(() => process.ppid !== npm && child.kill('SIGTERM'), PARENT_LOOK_MS).unref();
}
