import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** How a tool of the machine is run. */
export interface ToolRun {
  env: NodeJS.ProcessEnv;
  /** Folder to run in; ours when absent. */
  cwd?: string;
  /** Text for its standard input; empty when absent. */
  input?: string;
}

/** What a tool of the machine printed; `failure` says in one line why it did not succeed. */
export interface ToolResult {
  stdout: string;
  stderr: string;
  failure?: string;
}

/** Runs a tool to its end. Never throws for what the tool did: a tool that cannot be started is a failure too. */
export function runTool(command: string, args: readonly string[], run: ToolRun): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: run.env, cwd: run.cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => {}); // A tool may end without reading what it is given.
    child.stdin.end(run.input ?? '');
    child.on('error', (error) => resolve({ stdout, stderr, failure: error.message }));
    child.on('close', (status, signal) => {
      const failure = status === 0 ? undefined : (lastLine(stderr || stdout) ?? `status ${status ?? signal}`);
      resolve({ stdout, stderr, failure });
    });
  });
}

/** The file that a command name stands for on `env.PATH`, or nothing. */
export async function findTool(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const file = join(folder, name);
    if (await access(file, constants.X_OK).then(() => true, () => false)) return file;
  }
  return undefined;
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1)?.trim() || undefined;
}
