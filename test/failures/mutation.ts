import { registerHooks } from 'node:module';

/** A fault built into one function of the product, for a test of the tests. */
export interface Mutation {
  /** As the table of the README names it. */
  readonly name: string;
  /** The end of the compiled file's path. */
  readonly file: string;
  /** What stands there, once, and what is read in its place. */
  readonly from: string;
  readonly to: string;
}

/** The faults there are. */
export const mutations: readonly Mutation[] = [];

/** Makes this process load one of the faults, by its name. Throws where the text that it replaces is not there. */
export function mutate(name: string | undefined): void {
  if (!name) return;
  const found = mutations.find((one) => one.name === name);
  if (!found) throw new Error(`There is no mutation ${name}.`);
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.endsWith(found.file)) return loaded;
      const source = String(loaded.source);
      if (source.split(found.from).length !== 2) throw new Error(`${found.file} has not once: ${found.from}`);
      return { ...loaded, source: source.replace(found.from, () => found.to) };
    },
  });
}
