import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mask } from './mask.js';

/** A file of the project that people write. */
export interface Source {
  /** Below the checkout, such as `subgraphs/kit/money.ts`. */
  readonly path: string;
  readonly text: string;
  /** The text with comments and the insides of strings blanked: same length, same lines. */
  readonly code: string;
  /** Only the comments; the rest blanked. */
  readonly comments: string;
}

/** The checkout; this file is compiled to `test/dist/house/`. */
export const checkout = join(fileURLToPath(import.meta.url), '../../../..');

const notOurs = new Set(['node_modules', 'dist', 'generated']);

/** Every file below the checkout that people or `pnpm generate` write, in the order of their paths. */
export function projectFiles(): string[] {
  return filesBelow('').sort();
}

/** The sources whose names end in one of these, such as `.ts`; what is written in `.tsx` is TypeScript too. */
export function sources(...endings: readonly string[]): Source[] {
  return projectFiles().filter((path) => endings.some((ending) => path.endsWith(ending) || (ending === '.ts' && path.endsWith('.tsx')))).map((path) => sourceOf(path, readFileSync(join(checkout, path), 'utf8')));
}

/** A source made of a text. */
export function sourceOf(path: string, text: string): Source {
  return { path, text, ...mask(text) };
}

/** Whether this is a test, or made for tests only. */
export function isForTests(path: string): boolean {
  return path.endsWith('.test.ts') || path.startsWith('test/') || path.includes('/testing/');
}

/** The package a file belongs to: `subgraphs/orders`, `gateway`, … */
export function packageOf(path: string): string {
  const depth = path.startsWith('subgraphs/') || path.startsWith('clients/') || path.startsWith('infra/') ? 2 : 1;
  return path.split('/').slice(0, depth).join('/');
}

/** What the subgraphs stand on: the kit, a package for each kind of store, what makes them run, and what sets text on paper. */
export const kits: readonly string[] = ['subgraphs/kit', 'subgraphs/kit-mongo', 'subgraphs/kit-pdf', 'subgraphs/kit-postgres', 'subgraphs/kit-run'];

/** Whether a package below `subgraphs/` is a subgraph. */
export function isSubgraph(name: string): boolean {
  return name.startsWith('subgraphs/') && !kits.includes(name);
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(checkout, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return notOurs.has(entry.name) || (entry.name.startsWith('.') && path !== '.ci') ? [] : filesBelow(path);
    return entry.isFile() && (!entry.name.startsWith('.') || entry.name === '.gitignore') ? [path] : [];
  });
}
