import { readdirSync, readFileSync } from 'node:fs';

/** What one process has used, as Linux tells it (proc(5)). */
interface ProcessUse {
  readonly pid: number;
  readonly parent: number;
  /** The program's name, as the kernel keeps it: at most 15 characters. */
  readonly program: string;
  readonly cpuMs: number;
  readonly residentBytes: number;
}

/** Linux counts CPU in hundredths of a second for every program. */
const msPerTick = 10;
const pageBytes = 4_096;

/** CPU used so far by processes and all that descend from them, in milliseconds, told apart by program (`MainThread` is Node); what those that ended had used counts as their parent's. */
export function cpuByProgram(pids: readonly number[]): ReadonlyMap<string, number> {
  const groups = Map.groupBy(treeOf(pids), ({ program }) => program);
  return new Map([...groups].map(([program, alike]) => [program, alike.reduce((sum, { cpuMs }) => sum + cpuMs, 0)]));
}

/** Memory that one process holds, in bytes. */
export function memoryOf(pid: number): number {
  return useOf(pid)?.residentBytes ?? 0;
}

function treeOf(pids: readonly number[]): ProcessUse[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => useOf(Number(name))).filter((use) => use !== undefined);
  const found = new Map(all.filter(({ pid }) => pids.includes(pid)).map((use) => [use.pid, use]));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const use of all) if (found.has(use.parent)) found.set(use.pid, use);
  }
  return [...found.values()];
}

/** The name in the second field may hold anything, so fields are counted from behind its closing bracket. */
function useOf(pid: number): ProcessUse | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
    const [, parent = 0] = fields;
    const program = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    // Its own time, and that of children that ended: a connection of Postgres that is closed takes its time with it otherwise.
    const ticks = fields.slice(11, 15).reduce((sum, each) => sum + each, 0);
    return { pid, parent, program, cpuMs: ticks * msPerTick, residentBytes: (fields[21] ?? 0) * pageBytes };
  } catch {
    return undefined;
  }
}
