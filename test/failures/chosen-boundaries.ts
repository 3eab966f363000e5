import { nameOf, type Passing } from './passing.js';

/** Whether every boundary is meant, and not those of the suite. */
export const isWhole = process.env['HAAT_CRASH_ALL'] === '1';

/** What the names of those that alone are meant have, as a pattern: for looking at some. */
const only = process.env['HAAT_CRASH_ONLY'];

/** Of every boundary those from this number on, to go on where a run ended. */
const from = Number(process.env['HAAT_CRASH_FROM'] ?? 0);

/** Of a flow's boundaries those at which a crash leaves a world that no other leaves: right behind what lasts. */
const lasting = /(commit|stripe|pathao|publish|mark|claims|products|import_chunks|imports|provider_callback|insert outbox):after$/;

/** The boundaries to die at: every one, or in the suite a spread over those behind which something lasts. */
export function chosenOf(all: readonly Passing[], most: number): readonly Passing[] {
  if (only) return all.filter((passing) => new RegExp(only).test(nameOf(passing)));
  if (isWhole) return all.slice(from);
  const kept = all.filter(({ name }) => lasting.test(name));
  return kept.filter((_, at) => Math.floor((at * most) / kept.length) !== Math.floor(((at - 1) * most) / kept.length));
}
