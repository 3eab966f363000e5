import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AskContract } from './ask.js';
import type { EventContract } from './event.js';

/** Every contract there is, by kind, in the order of their keys. */
export interface Contracts {
  readonly events: readonly EventContract[];
  readonly asks: readonly AskContract[];
}

/**
 * The contracts that the files of `events/` and `asks/` export: a new file joins by being there.
 * Throws a sentence when a contract stands in another subgraph's file, or a key is there twice.
 */
export async function allContracts(): Promise<Contracts> {
  const events = (await modulesIn('events')).flatMap(({ file, values }) => eventsIn(file, values));
  const asks = (await modulesIn('asks')).flatMap(({ file, values }) => asksIn(file, values));
  return { events: inOrder(events), asks: inOrder(asks) };
}

/** The events among the exports of the file of one producer. */
export function eventsIn(file: string, values: readonly unknown[]): EventContract[] {
  const found = values.filter(isEvent);
  for (const { key, producer } of found) if (producer !== file) throw new Error(`The event ${key} stands in events/${file}.ts: it belongs in events/${producer}.ts.`);
  return found;
}

/** The asks among the exports of the file of one answering subgraph. */
export function asksIn(file: string, values: readonly unknown[]): AskContract[] {
  const found = values.filter(isAsk);
  for (const { key, subgraph } of found) if (subgraph !== file) throw new Error(`The ask ${key} stands in asks/${file}.ts: it belongs in asks/${subgraph}.ts.`);
  return found;
}

/** Sorts by key. Two contracts of one key would be one subject with two meanings. */
export function inOrder<C extends { readonly key: string }>(contracts: readonly C[]): C[] {
  const sorted = [...contracts].sort((a, b) => (a.key < b.key ? -1 : 1));
  const twice = sorted.find((contract, at) => contract.key === sorted[at + 1]?.key);
  if (twice) throw new Error(`The contract ${twice.key} is there twice: a change that breaks gets a new version number.`);
  return sorted;
}

/** Lists the sources, because a compiled file outlives its deleted source. */
async function modulesIn(folder: 'events' | 'asks'): Promise<{ file: string; values: unknown[] }[]> {
  const names = (await readdir(new URL(`../${folder}/`, import.meta.url))).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort();
  return Promise.all(names.map(async (name) => {
    const file = basename(name, '.ts');
    const exported = (await import(new URL(`./${folder}/${file}.js`, import.meta.url).href)) as Record<string, unknown>;
    return { file, values: Object.values(exported) };
  }));
}

function isEvent(value: unknown): value is EventContract {
  return typeof value === 'object' && value !== null && 'producer' in value && 'payload' in value && 'key' in value;
}

function isAsk(value: unknown): value is AskContract {
  return typeof value === 'object' && value !== null && 'subgraph' in value && 'input' in value && 'output' in value && 'key' in value;
}
