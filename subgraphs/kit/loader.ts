import DataLoader from 'dataloader';
import { invariant } from './invariant.js';

/** How many keys one statement looks up at most, unless said otherwise; more are split. The longest page, with ten of something in each entry. */
export const batchMax = 1_000;

/**
 * Looks up many keys at once. Answers a map by key (or by {@link LoaderOptions.key} of it), where what is missing is
 * simply not there; or an array in the order of the keys, null where there is nothing.
 */
export type FetchMany<K, V> = (keys: readonly K[]) => Promise<ReadonlyMap<unknown, V> | readonly (V | Error | null | undefined)[]>;

/** A loader as a subgraph's own files name it. */
export interface Loader<K, V> extends DataLoader<K, V> {}

/** How a loader knows its keys. */
export interface LoaderOptions<K> {
  /** The key as text, for keys that are objects: two objects of one text are one key. */
  readonly key?: (key: K) => string;
  /** Keys per call of the fetch function. */
  readonly batchMax?: number;
}

/**
 * A batched read that lives as long as one request: what is asked for in one turn is looked up by one statement, each key
 * once. Null stands for what is not there.
 */
export function loader<K, V>(fetch: FetchMany<K, V>, options: LoaderOptions<K> = {}): Loader<K, V | null> {
  const keyOf = options.key ?? ((key: K): unknown => key);
  const batch = async (keys: readonly K[]): Promise<(V | Error | null)[]> => inOrder(await fetch(keys), keys, keyOf);
  return new DataLoader<K, V | null, unknown>(batch, { maxBatchSize: options.batchMax ?? batchMax, cacheKeyFn: keyOf }) as Loader<K, V | null>;
}

/** As {@link loader}, for many rows per key: the rows in any order, an empty list where a key has none. */
export function listLoader<K extends string | number, V>(fetch: (keys: readonly K[]) => Promise<readonly V[]>, keyOf: (row: V) => K, options: LoaderOptions<K> = {}): Loader<K, readonly V[]> {
  return new DataLoader<K, readonly V[]>(async (keys) => {
    const groups = Map.groupBy(await fetch(keys), keyOf);
    return keys.map((key) => groups.get(key) ?? []);
  }, { maxBatchSize: options.batchMax ?? batchMax });
}

/** As {@link loader}, for keys that are an id and how something of it is wanted: of all that want it alike, one fetch. */
export function alikeLoader<W extends { readonly id: string }, V>(fetch: (ids: readonly string[], wish: W) => Promise<ReadonlyMap<string, V>>): Loader<W, V | null> {
  const shapeOf = ({ id: _, ...wish }: W): string => JSON.stringify(wish);
  return loader<W, V>(async (wishes) => {
    const found = new Map<string, ReadonlyMap<string, V>>();
    await Promise.all([...Map.groupBy(wishes, shapeOf)].map(async ([shape, alike]) => found.set(shape, await fetch(alike.map(({ id }) => id), alike[0] as W))));
    return wishes.map((wish) => found.get(shapeOf(wish))?.get(wish.id));
  }, { key: (wish) => `${wish.id} ${shapeOf(wish)}` });
}

/** Rows as a map, for a fetch function to answer: the last of equal keys wins. */
export function mapBy<V, K>(rows: readonly V[], keyOf: (row: V) => K): Map<K, V> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function inOrder<K, V>(found: ReadonlyMap<unknown, V> | readonly (V | Error | null | undefined)[], keys: readonly K[], keyOf: (key: K) => unknown): (V | Error | null)[] {
  if (found instanceof Map) return keys.map((key) => found.get(keyOf(key)) ?? null);
  const rows = found as readonly (V | Error | null | undefined)[];
  invariant(rows.length === keys.length, `A loader was asked for ${keys.length} keys and answered ${rows.length}; answer a map, or null where there is nothing.`);
  return rows.map((row) => row ?? null);
}
