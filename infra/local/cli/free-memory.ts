import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** When what follows from a start has been done, in milliseconds after it. */
export const calmAfterMs = 3_000;

/** When what follows from a first start has been, with all its goods: subgraphs hear of them for most of a minute. */
export const seededAfterMs = 60_000;

/**
 * Gives back the memory that starting and seeding left behind. V8 collects when there is need for room, and a process that only waits has none:
 * it would go on holding twice of what it uses. Nothing is answered meanwhile, for about a third of a second.
 */
export function freeMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void;
  // Of a usual collection the pages stay ours.
  collect({ type: 'major', flavor: 'last-resort' });
}
