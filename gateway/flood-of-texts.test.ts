import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixtureShop } from './testing/fixture-shop.js';
import { startFixtureGateway, type FixtureGateway } from './testing/fixture-gateway.js';
import { countMade, type MadeSoFar } from './testing/made-so-far.js';

/** More than there is room for of texts that come once. */
const differing = 1_200;

/** One operation in texts that differ by what attackers change. */
const disguises: readonly ((n: number) => string)[] = [
  (n) => `# ${n}\n{ hidden }`, (n) => `{${' '.repeat(n + 1)}hidden }`, (n) => `{ number(value: ${n}) }`,
  (n) => `query ($v${n}: Int) { number(value: $v${n}) }`, (n) => `{ node { a${n}: id ${n % 2 ? 'name id' : 'id name'} } }`,
];

let gateway: FixtureGateway;
let made: { readonly madeSoFar: MadeSoFar; close(): Promise<void> };
beforeAll(async () => {
  made = await countMade();
  gateway = await startFixtureGateway({ definitions: fixtureShop });
});
afterAll(async () => {
  await gateway.close();
  await made.close();
});

it('a flood of texts that differ is forgotten again, and what real clients send is still known', async () => {
  const flood = (n: number): string => disguises[n % disguises.length]?.(n) ?? '';
  const real = 'query Real { node { id name } }';
  const madeBy = async (query: string) => {
    const before = await made.madeSoFar();
    expect((await gateway.ask(query)).status).toBe(200);
    const after = await made.madeSoFar();
    return { sizes: after.sizes - before.sizes, documents: after.documents - before.documents, plans: after.plans - before.plans };
  };
  const [once, nothing] = [{ sizes: 1, documents: 1, plans: 1 }, { sizes: 0, documents: 0, plans: 0 }];
  expect([await madeBy(real), await madeBy(real)]).toEqual([once, nothing]);
  for (let n = 0; n < differing; n += 1) await gateway.ask(flood(n));
  expect(await madeBy(real)).toEqual(nothing);
  expect(await madeBy(flood(0))).toEqual(once);
  expect(await madeBy(flood(differing - 1))).toEqual(nothing);
});
