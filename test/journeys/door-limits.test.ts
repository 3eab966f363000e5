import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, dataOf, type Answer } from '../support/graph.js';
import { signIn, someAddress, type Person } from '../support/sign-in.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

/** Five times what is promised: tests share their machine. In milliseconds. */
const refusedWithinMs = 250;

const times = (count: number, part: (n: number) => string): string => Array.from({ length: count }, (_, n) => part(n)).join(' ');
const guess = (n: number): string => `g${n}: signIn(input: {email: "shopper@acme.example", password: "${n}"}) { __typename }`;

/** Too much of one thing each, and the limit that it is beyond. */
const tooMuch: readonly (readonly [string, string, string])[] = [
  ['depth', `{ products { nodes ${'{ variants { product '.repeat(6)}{ id }${' } }'.repeat(6)} } }`, 'queryDepth'],
  ['depth in fragments', `{ products { nodes { ...f0 } } } ${times(6, (n) => `fragment f${n} on Product { variants { product { ...f${n + 1} } } }`)} fragment f6 on Product { id }`, 'queryDepth'],
  ['aliases', `{ viewer { ${times(16, (n) => `a${n}: kind`)} } }`, 'queryAliases'],
  ['guesses', `mutation { ${times(2, guess)} }`, 'sensitiveMutations'],
  ['mutations', `mutation { ${times(5, (n) => `m${n}: signOut { __typename }`)} }`, 'queryMutations'],
  ['at the root', `{ ${times(15, (n) => `a${n}: tenant { id }`)} ${times(6, () => 'viewer { kind }')} }`, 'queryRootFields'],
  ['directives', `{ viewer { kind ${times(51, () => '@skip(if: true)')} } }`, 'queryDirectives'],
  ['tokens', `{ viewer { ${'kind '.repeat(5_000)} } }`, 'queryTokens'],
  ['in pages of pages', '{ categories(first: 100) { nodes { children { children { children { children { children { id } } } } } } } }', 'queryCost'],
];

let marketplace: TestMarketplace;
let operator: Person;
beforeAll(async () => {
  marketplace = await startTestMarketplace({ INTROSPECTION: 'false', RATE_ADDRESS_PER_SECOND: '10' });
  operator = await signIn(marketplace.door, 'acme', 'operator@acme.example');
});
afterAll(() => marketplace?.close());

const asGuest = (query: string, headers = someAddress()): Promise<Answer> => marketplace.door.ask({ tenant: 'acme', headers }, query);

describe('an operation', () => {
  it.each(tooMuch)('that asks too much (%s) is refused at once, by name [GW-13, SEC-14]', async (_, query, limit) => {
    const startedAt = performance.now();
    const answer = await asGuest(query);
    expect(performance.now() - startedAt).toBeLessThan(refusedWithinMs);
    expect([answer.data, codeOf(answer), answer.errors?.[0]?.extensions?.['limit']]).toEqual([undefined, 'TOO_EXPENSIVE', limit]);
  });

  it('is told what it costs and what is left, and pays until nothing is [GW-03, SEC-10]', async () => {
    const headers = someAddress();
    const page = '{ categories(first: 100) { nodes { id } } tenant { id } }';
    const costs: { requested: number; remaining: number }[] = [];
    for (let answer = await asGuest(page, headers); codeOf(answer) !== 'RATE_LIMITED'; answer = await asGuest(page, headers)) {
      dataOf(answer);
      costs.push(answer.extensions?.['cost'] as { requested: number; remaining: number });
      if (costs.length > 500) throw new Error('Never refused.');
    }
    expect(new Set(costs.map(({ requested }) => requested))).toEqual(new Set([102]));
    expect(costs.at(-1)?.remaining).toBeLessThan(102 + costs.length);
    const startedAt = performance.now();
    expect(codeOf(await asGuest(page, headers))).toBe('RATE_LIMITED');
    expect(performance.now() - startedAt).toBeLessThan(refusedWithinMs);
    // Somebody else has everything still.
    dataOf(await asGuest(page));
    dataOf(await marketplace.door.ask(operator, page));
  });

  it('learns nothing of the schema where that is closed, by question or by misspelling [GW-13, SEC-14]', async () => {
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Tenant") { fields { name } } }', '{ tenent { id } }', '{ tenant { nam } }', '{ products(frist: 1) { totalCount } }']) {
      const answer = await asGuest(query);
      expect([answer.data, codeOf(answer)]).toEqual([undefined, 'BAD_USER_INPUT']);
      expect(answer.text).not.toMatch(/did you mean|"fields"|"types"/i);
    }
  });
});
