import { readdir, readFile } from 'node:fs/promises';

/** A process that a test started and did not stop. */
export interface LeftBehind {
  readonly pid: number;
  readonly commandLine: string;
}

/** Variable that every process of one test run inherits. */
export const RUN_MARK = 'HAAT_TEST_RUN';

/**
 * Kills the processes that carry a run's mark in their environment, this one excepted, and answers what they were.
 * Only Linux shows other processes' environments; elsewhere the answer is empty.
 */
export async function killLeftBehind(mark: string): Promise<LeftBehind[]> {
  const found: LeftBehind[] = [];
  for (const name of await readdir('/proc').catch(() => [])) {
    const pid = Number(name);
    if (!(pid > 0) || pid === process.pid) continue;
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`${RUN_MARK}=${mark}`)) continue;
    const commandLine = (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).split('\0').join(' ').trim();
    if (kill(pid)) found.push({ pid, commandLine });
  }
  return found;
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false; // It ended meanwhile.
  }
}
