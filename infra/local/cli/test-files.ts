import { glob } from 'node:fs/promises';
import { join } from 'node:path';

const COMPILED_TESTS = '{gateway,schema,test,infra/local,subgraphs/*,clients/*}/dist/**/*.test.js';

/** A test as people know it, and what is run for it. */
export interface TestFile {
  /** Path of the source below the checkout, such as `subgraphs/kit/outbox.db.test.ts`. */
  readonly source: string;
  /** Absolute path of the compiled file. */
  readonly compiled: string;
}

/** The compiled tests of every package whose source path contains one of the words; all of them when there are no words. */
export async function testFiles(checkout: string, words: readonly string[]): Promise<TestFile[]> {
  const files: TestFile[] = [];
  for await (const path of glob(COMPILED_TESTS, { cwd: checkout })) {
    files.push({ source: sourceOf(path), compiled: join(checkout, path) });
  }
  return files.filter((file) => isWanted(file.source, words)).sort((a, b) => a.source.localeCompare(b.source));
}

/** The source path of a compiled one: `x/dist/y.test.js` is made from `x/y.test.ts`. */
export function sourceOf(compiled: string): string {
  return compiled.replace(/(^|\/)dist\//, '$1').replace(/\.js$/, '.ts');
}

/** Words may be typed with or without the extension, and as the path of the compiled file. */
export function isWanted(source: string, words: readonly string[]): boolean {
  return words.length === 0 || words.some((word) => source.includes(sourceOf(word.replace(/^\.\//, ''))));
}

/** Whether a test may use the servers: `x.db.test.ts` does, and everything below `test/` but the rules of the house. */
export function needsServers(source: string): boolean {
  return source.endsWith('.db.test.ts') || (source.startsWith('test/') && !source.startsWith('test/house/'));
}
