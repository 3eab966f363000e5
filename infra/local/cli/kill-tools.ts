import { readdirSync, readFileSync } from 'node:fs';

/** Text in the command line of every guard of `servers/supervise.ts`; what stands under a guard ends in good order by itself. */
const GUARD_MARK = 'HAAT_STOP_SIGNAL';

interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly commandLine: string;
}

/**
 * Kills what this process has started without a guard, such as a download or a compiler, with everything below it.
 * Only Linux lets us look; elsewhere such a tool works to its end.
 */
export function killTools(): void {
  const all = runningProcesses();
  const tools = all.filter(({ parent, commandLine }) => parent === process.pid && !commandLine.includes(GUARD_MARK));
  for (const { pid } of tools.flatMap((tool) => withDescendants(tool, all))) kill(pid);
}

function runningProcesses(): RunningProcess[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? read(name) : []));
}

function read(name: string): RunningProcess[] {
  try {
    // The second field is the program's name in parentheses, which may hold spaces; the parent is the second after it.
    const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1]);
    return [{ pid: Number(name), parent, commandLine: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
  } catch {
    return []; // It ended meanwhile.
  }
}

function withDescendants(top: RunningProcess, all: readonly RunningProcess[]): RunningProcess[] {
  return [top, ...all.filter(({ parent }) => parent === top.pid).flatMap((child) => withDescendants(child, all))];
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
