import { describe, expect, it } from 'vitest';
import { subgraphs } from '@haat/local/subgraphs';
import { expectNone } from './finding.js';
import { businessInName, subgraphNamed, undocumented } from './kit-rules.js';
import { kits, packageOf, sourceOf, sources } from './sources.js';

const names = subgraphs.map(({ name }) => name);
const kit = () => sources('.ts').filter(({ path }) => kits.includes(packageOf(path)) && !path.endsWith('.test.ts'));

describe('the kit', () => {
  it('has no subgraph and no domain noun in its file names', () => expectNone(kit().flatMap(({ path }) => businessInName(path, names))));

  // Tests hold the keys of everybody, and so name them.
  it('has no branch for one subgraph', () => expectNone(kit().filter(({ path }) => !path.includes('/testing/')).flatMap((source) => subgraphNamed(source, names))));

  it('explains everything it exports', () => expectNone(kit().flatMap(undocumented)));

  it('is found when it breaks these rules', () => {
    expect(businessInName('subgraphs/kit/order-state.ts', [])).toEqual(['subgraphs/kit/order-state.ts:1: the kit knows no order']);
    expect(['money.ts', 'identity.ts', 'tenant-row.ts'].flatMap((name) => businessInName(`subgraphs/kit/${name}`, ['identity', 'tenants']))).toEqual([]);
    expect(subgraphNamed(sourceOf('a.ts', "// 'orders'\nif (name === 'orders') f('order');"), ['orders'])).toEqual(['a.ts:2: a branch for orders']);
    const text = '/** One. */\nexport const a = 1;\nexport function b(x: string): void;\nexport function b(x: number): void;\n/** C. */\n@Entity("c")\n@Type()\nexport class C {}';
    expect(undocumented(sourceOf('a.ts', text))).toEqual(['a.ts:3: b has no docstring']);
  });
});
