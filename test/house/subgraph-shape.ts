import type { Finding } from './finding.js';
import { lineCount } from './sizes.js';

const screenLinesMax = 60;
const ofOurs = ['@haat/kit', '@haat/kit-mongo', '@haat/kit-pdf', '@haat/kit-postgres', '@haat/kit-run', '@haat/schema'];

/** A subgraph's folder as a rule sees it: its files, relative to it, and the text of the two that are read. */
export interface SubgraphFolder {
  readonly name: string;
  readonly files: readonly string[];
  readonly manifest: string;
  readonly readme: string;
}

/** What a subgraph's folder lacks, or has too much of. */
export function wrongShape(folder: SubgraphFolder): Finding[] {
  const at = (file: string, what: string) => `subgraphs/${folder.name}/${file}:1: ${what}`;
  const missing = ['README.md', 'subgraph.ts', 'main.ts', 'config.ts', 'context.ts', 'package.json', 'tsconfig.json'].filter((file) => !folder.files.includes(file));
  const stores = folder.files.some((file) => file.startsWith('migrations/') || /(^|\/)[a-z-]*collections?\.ts$/.test(file));
  const lines = lineCount(folder.readme);
  return [
    ...missing.map((file) => at(file, 'a subgraph has this file')),
    ...(stores ? [] : [at('migrations', 'a subgraph has migrations, or collections')]),
    ...(lines > screenLinesMax ? [at('README.md', `${lines} lines; one screen is ${screenLinesMax}`)] : []),
    ...(missing.includes('package.json') ? [] : wrongManifest(folder).map((what) => at('package.json', what))),
  ];
}

function wrongManifest({ name, manifest }: SubgraphFolder): string[] {
  const read = JSON.parse(manifest) as { name?: string; exports?: object; dependencies?: object; devDependencies?: object };
  const exported = Object.keys(read.exports ?? {});
  const ours = Object.keys({ ...read.dependencies, ...read.devDependencies }).filter((other) => other.startsWith('@haat/') && !ofOurs.includes(other));
  return [
    ...(read.name === `@haat/${name}` ? [] : [`is named ${read.name}, not @haat/${name}`]),
    ...(exported.filter((path) => !path.startsWith('./pure/')).join() === './subgraph' ? [] : [`exports ${exported.join(', ') || 'nothing'}, not ./subgraph alone`]),
    ...ours.map((other) => `depends on ${other}; of ours a subgraph has ${ofOurs.join(', ')} only`),
  ];
}
