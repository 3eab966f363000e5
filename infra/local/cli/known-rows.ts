import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The ids of all feature rows, from `test/house/features.json`; undefined while there is no such file. */
export async function knownRows(checkout: string): Promise<Set<string> | undefined> {
  const text = await readFile(join(checkout, 'test/house/features.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : new Set(text.match(/(?<=")[A-Z]+-\d+(?=")/g) ?? []);
}
