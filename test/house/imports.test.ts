import { describe, expect, it } from 'vitest';
import { expectNone } from './finding.js';
import { forbiddenImports, forbiddenInside } from './import-table.js';
import { importsOf } from './imports.js';
import { sourceOf, sources } from './sources.js';

describe('imports', () => {
  it('follow the table of who may import whom', () => expectNone(sources('.ts').flatMap(forbiddenImports)));

  it('enter a subgraph by its subgraph.ts only, and a resolver by that', () => expectNone(sources('.ts').flatMap(forbiddenInside)));

  it.each([
    ['subgraphs/orders/a.ts', "import { b } from '@haat/catalog/subgraph';", 'subgraphs/orders may not import subgraphs/catalog/subgraph'],
    ['subgraphs/orders/a.ts', "import b from '../catalog/b.js';", '../catalog/b.js leaves the package'],
    ['subgraphs/kit/a.ts', "import type { b } from '@haat/schema/events/orders';", 'subgraphs/kit may not import schema/events/orders'],
    ['subgraphs/kit/a.ts', "import type { b } from '@haat/kit-postgres/postgres';", 'subgraphs/kit may not import subgraphs/kit-postgres/postgres'],
    ['subgraphs/kit-run/a.ts', "import { b } from '@haat/kit-postgres/lock';", 'subgraphs/kit-run may not import subgraphs/kit-postgres/lock'],
    ['subgraphs/kit-mongo/a.ts', "import { b } from '@haat/kit-postgres/lock';", 'subgraphs/kit-mongo may not import subgraphs/kit-postgres/lock'],
    ['gateway/a.ts', "export { b } from '@haat/kit/loader';", 'gateway may not import subgraphs/kit/loader'],
    ['schema/a.ts', "const b = await import('@haat/kit/define');", 'schema may not import subgraphs/kit/define'],
    ['infra/local/a.ts', "import { b } from '@haat/orders/order/order';", 'infra/local may not import subgraphs/orders/order/order'],
    ['gateway/a.ts', "import './b';", './b has no extension .js'],
  ])('are found when forbidden: %s has %s', (path, text, what) => {
    expect(forbiddenImports(sourceOf(path, text))).toEqual([`${path}:1: ${what}`]);
  });

  it('are found when they reach round subgraph.ts', () => {
    const text = "import { orders } from '../subgraph.js';\nimport { OrderResolver } from './order.resolver.js';";
    expect(forbiddenInside(sourceOf('subgraphs/orders/order/a.ts', text))).toHaveLength(2);
    expect(forbiddenInside(sourceOf('subgraphs/orders/order/a.db.test.ts', text))).toEqual([]);
  });

  it('are read from code, not from comments or strings', () => {
    const text = "// import 'a';\nconst s = \"import 'b';\";\nimport c,\n  { d } from 'e';\nexport * from \"f\";\nimport type { G } from 'g';";
    expect(importsOf(sourceOf('a.ts', text)).map(({ specifier, isTypeOnly }) => [specifier, isTypeOnly])).toEqual([['e', false], ['f', false], ['g', true]]);
  });
});
