import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning } from './previous-run.js';

/** Above the highest process id that Linux can give (4,194,304). */
const NOBODYS_PID = 4_194_305;

/**
 * After a kill, the lock file names a process id that another program may have by now, as is usual in a container, and
 * Postgres would refuse to start. The file stays, with an id that nobody has: Postgres still looks for processes of
 * the killed one that hold its shared memory.
 */
export async function forgetStalePid(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const [pid, ...rest] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  if (!pid || rest.length === 0 || (await isRunning(Number(pid), cluster))) return;
  await writeFile(file, [String(NOBODYS_PID), ...rest].join('\n'));
}
