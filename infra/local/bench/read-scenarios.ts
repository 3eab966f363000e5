import { readdir } from 'node:fs/promises';
import type { Scenario } from './scenario.js';

const folder = new URL('./scenarios/', import.meta.url);

/** Every scenario there is, in the order of the names of their files. */
export async function readScenarios(): Promise<Scenario[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.js')).sort();
  return Promise.all(files.map(async (name) => ((await import(new URL(name, folder).href)) as { scenario: Scenario }).scenario));
}

/** Those whose name holds one of the words; without words all but the long ones. */
export function chosenScenarios(all: readonly Scenario[], words: readonly string[]): Scenario[] {
  return all.filter(({ name, isLong = false }) => (words.length === 0 ? !isLong : words.some((word) => name.includes(word))));
}
