import { posix } from 'node:path';
import { packageOf, type Source } from './sources.js';

/** One import or re-export. */
export interface Import {
  readonly specifier: string;
  /** Gone when compiled: `import type`, `export type`. */
  readonly isTypeOnly: boolean;
  /** Where it stands in the text. */
  readonly at: number;
}

const statement = /\b(import|export)(\s+type(?=[\s{*]))?[\s\w$,{}*]*?\bfrom\s*(?=['"])|\bimport\s*\(?\s*(?=['"])/g;

/** What a source imports, static and by `import()` of a literal. */
export function importsOf(source: Source): Import[] {
  return [...source.code.matchAll(statement)].map((match) => {
    const from = match.index + match[0].length;
    const quote = source.text[from] ?? '';
    return { specifier: source.text.slice(from + 1, source.text.indexOf(quote, from + 1)), isTypeOnly: match[2] !== undefined, at: match.index };
  });
}

/** The file of ours that a specifier means: a path below the checkout for `./x.js` and for `@haat/<package>/x`; undefined for others' packages. */
export function fileOf(source: Source, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(source.path), specifier).replace(/\.js$/, '.ts');
  const [, name, rest] = /^@haat\/([^/]+)\/(.+)$/.exec(specifier) ?? [];
  return name === undefined ? undefined : `${folderOf(name)}/${rest}.ts`;
}

/** Where the package `@haat/<name>` lives. */
function folderOf(name: string): string {
  if (['schema', 'gateway', 'test'].includes(name)) return name;
  if (name === 'local') return 'infra/local';
  return name.endsWith('-client') ? `clients/${name.slice(0, -'-client'.length)}` : `subgraphs/${name}`;
}

/** Whether both are in one package. */
export function isInside(source: Source, file: string): boolean {
  return packageOf(source.path) === packageOf(file);
}
