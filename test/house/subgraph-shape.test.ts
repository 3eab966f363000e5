import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectNone } from './finding.js';
import { checkout, isSubgraph, packageOf, projectFiles } from './sources.js';
import { wrongShape, type SubgraphFolder } from './subgraph-shape.js';

describe('every subgraph', () => {
  it('has the shape of all others', () => expectNone(subgraphFolders().flatMap(wrongShape)));

  it('is found when it has another', () => {
    const odd = { name: 'mugs', files: ['subgraph.ts', 'main.ts', 'package.json'], manifest: '{"name":"@haat/cups","exports":{"./*":""},"dependencies":{"@haat/kit":"","@haat/orders":""}}', readme: '\n'.repeat(61) };
    expect(wrongShape(odd).map((line) => line.replace('subgraphs/mugs/', ''))).toEqual([
      ...['README.md', 'config.ts', 'context.ts', 'tsconfig.json'].map((file) => `${file}:1: a subgraph has this file`),
      'migrations:1: a subgraph has migrations, or collections',
      'README.md:1: 61 lines; one screen is 60',
      'package.json:1: is named @haat/cups, not @haat/mugs',
      'package.json:1: exports ./*, not ./subgraph alone',
      'package.json:1: depends on @haat/orders; of ours a subgraph has @haat/kit, @haat/kit-mongo, @haat/kit-pdf, @haat/kit-postgres, @haat/kit-run, @haat/schema only',
    ]);
  });
});

/** The folders below `subgraphs/`, but what they stand on. */
function subgraphFolders(): SubgraphFolder[] {
  const all = projectFiles().filter((path) => isSubgraph(packageOf(path)));
  const names = [...new Set(all.map((path) => path.split('/')[1] ?? ''))];
  return names.map((name) => {
    const files = all.filter((path) => path.startsWith(`subgraphs/${name}/`)).map((path) => path.split('/').slice(2).join('/'));
    const read = (file: string) => (files.includes(file) ? readFileSync(join(checkout, 'subgraphs', name, file), 'utf8') : '');
    return { name, files, manifest: read('package.json'), readme: read('README.md') };
  });
}
