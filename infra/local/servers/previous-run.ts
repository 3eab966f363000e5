import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { LocalServerError } from './local-server-error.js';
import { waitFor } from './wait-for.js';

const STOPPING_LIMIT_MS = 5_000;

/** A server's earlier run on a data folder. */
export interface PreviousRun {
  readonly name: string;
  /** File whose first line is the process id. */
  readonly pidFile: string;
  /** Text that its command line has and no other program's has, such as the data folder. */
  readonly mark: string;
}

/**
 * Waits until an earlier run has ended: its launcher may have been killed a moment ago.
 * Throws `LocalServerError` when it goes on, because two servers on one folder would destroy it.
 */
export async function previousRunEnded(run: PreviousRun): Promise<void> {
  const pid = await pidIn(run.pidFile);
  const ended = await waitFor(async () => !(await isRunning(pid, run.mark)) || undefined, STOPPING_LIMIT_MS);
  if (!ended) throw new LocalServerError(`${run.name} already runs on ${run.mark} (process ${pid}): stop that start first.`);
}

/** The process id on the first line of a file; 0 when there is none. */
export async function pidIn(file: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || 0;
}

/** Whether the process runs and its command line has the mark: ids are given again to other programs. */
export async function isRunning(pid: number, mark: string): Promise<boolean> {
  if (pid <= 0) return false;
  return (await commandLine(pid)).includes(mark);
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).then(({ stdout }) => stdout, () => '');
}
