import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureIdentity, type FixtureIdentity } from '../testing/fixture-identity.js';
import { fixtureShop } from '../testing/fixture-shop.js';
import { countMade } from '../testing/made-so-far.js';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.js';

/** How long a refusal may take, in milliseconds: five times the promise, since tests share their machine. */
const refusalMsMax = 250;

const nested = (levels: number): string => `{ node ${'{ next '.repeat(levels - 2)}{ id }${' }'.repeat(levels - 2)} }`;
const nestedInFragments = (levels: number): string => {
  const fragments = Array.from({ length: levels - 2 }, (_, n) => `fragment f${n} on Node { next { ...f${n + 1} } }`);
  return `{ node { ...f0 } } ${fragments.join(' ')} fragment f${levels - 2} on Node { id }`;
};
const nestedInline = (levels: number): string => `{ node ${'{ ... on Node { next '.repeat(levels - 2)}{ id }${' } }'.repeat(levels - 2)} }`;
const nestedHalf = (levels: number): string => `{ node ${'{ ... { next '.repeat(levels / 2 - 1)}{ ...g0 } ${'} }'.repeat(levels / 2 - 1)} } ${
  Array.from({ length: levels / 2 - 1 }, (_, n) => `fragment g${n} on Node { next { ...g${n + 1} } }`).join(' ')} fragment g${levels / 2 - 1} on Node { id }`;
const aliased = (count: number, field = 'hidden'): string => Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ');
const doubling = (levels: number): string => `{ node { ...d0 } } ${Array.from({ length: levels }, (_, n) => `fragment d${n} on Node { ...d${n + 1} ...d${n + 1} }`).join(' ')} fragment d${levels} on Node { id }`;

describe('an operation that is too large', () => {
  let identity: FixtureIdentity;
  let gateway: FixtureGateway;
  let made: Awaited<ReturnType<typeof countMade>>;

  beforeAll(async () => {
    made = await countMade();
    identity = await fixtureIdentity();
    gateway = await startFixtureGateway({ asks: identity.asks, definitions: fixtureShop });
    await gateway.ask('{ hidden }');
  });
  afterAll(async () => {
    await gateway.close();
    await made.close();
  });

  const refused = async (query: string, variables?: Record<string, unknown>) => {
    const { plans } = await made.madeSoFar();
    const startedAt = performance.now();
    const { body, status } = await gateway.ask(query, { variables });
    const ms = performance.now() - startedAt;
    const planned = (await made.madeSoFar()).plans - plans;
    return { status, ms, planned, data: body.data, codes: body.errors?.map((e) => e.extensions['code']), limit: body.errors?.[0]?.extensions['limit'], body };
  };

  it.each<[string, string, string]>([
    ['of 13 levels', nested(13), 'queryDepth'], ['of 20 levels', nested(20), 'queryDepth'], ['of 60 levels', nested(60), 'queryDepth'],
    ['of 1,000 levels', nested(1_000), 'queryDepth'], ['of 10,000 levels', nested(10_000), 'queryCharacters'],
    ['of 13 levels in fragments', nestedInFragments(13), 'queryDepth'], ['of 1,000 levels in fragments', nestedInFragments(1_000), 'queryTokens'],
    ['of 13 levels in inline fragments', nestedInline(13), 'queryDepth'], ['of 60 levels in both', nestedHalf(60), 'queryDepth'],
    ['of 16 aliases', `{ ${aliased(16)} }`, 'queryAliases'], ['of 1,000 aliases', `{ ${aliased(1_000)} }`, 'queryAliases'], ['of 10,000 aliases', `{ ${aliased(10_000)} }`, 'queryCharacters'],
    ['of 16 aliases below', `{ node { ${aliased(16, 'id')} } }`, 'queryAliases'],
    ['of 16 aliases in fragments', `{ node { ...a next { ...a } } } fragment a on Node { ${aliased(8, 'id')} }`, 'queryAliases'],
    ['of two sign-ins', 'mutation { signIn(password: "1") b: signIn(password: "2") }', 'sensitiveMutations'],
    ['of two sign-ins in a fragment', 'mutation { ...t } fragment t on Mutation { a: signIn(password: "1") b: signIn(password: "2") }', 'sensitiveMutations'],
    ['of two proofs by a password', 'mutation { changePassword(password: "1") removeTotp(password: "2") }', 'sensitiveMutations'],
    ['of two confirmed apps', 'mutation { confirmTotp(password: "1") b: confirmTotp(password: "2") }', 'sensitiveMutations'],
    ['of a sign-in and a coupon', 'mutation { signIn(password: "1") applyCoupon(code: "2") }', 'sensitiveMutations'],
    ['of 5 mutations', `mutation { ${Array.from({ length: 5 }, (_, n) => `a${n}: rename(name: "x") { id }`).join(' ')} }`, 'queryMutations'],
    ['of 21 fields at its root', `{ ${aliased(15)} ${'hidden '.repeat(6)} }`, 'queryRootFields'],
    ['of fragments that double 18 times', doubling(18), 'querySelections'], ['of fragments that double 30 times', doubling(30), 'querySelections'],
    ['of fragments that double 58 times', doubling(58), 'querySelections'],
    ['of 2,000 directives on one field', `{ hidden ${'@skip(if: true) '.repeat(2_000)} }`, 'queryTokens'],
    ['of 60 directives', `{ hidden ${'@skip(if: true) '.repeat(60)} }`, 'queryDirectives'],
    ['of 60 directives in fragments', `{ ${Array.from({ length: 6 }, (_, n) => `n${n}: node { ...f }`).join(' ')} } fragment f on Node { ${'id @skip(if: false) '.repeat(10)} }`, 'queryDirectives'],
    ['of 5,000 unknown directives', `{ hidden ${Array.from({ length: 5_000 }, (_, n) => `@d${n} `).join('')} }`, 'queryTokens'],
    ['of 100,000 tokens', `{ ${'a '.repeat(100_000)} }`, 'queryCharacters'], ['of one long name', `{ ${'a'.repeat(100_000)} }`, 'queryCharacters'],
    ['of 3,000 selections that overlap', `{ ${'hidden '.repeat(3_000)} }`, 'querySelections'],
    ['of 31 selections of one name', `{ node { ${'name '.repeat(31)} } }`, 'queryRepeats'],
    ['of 61 fragments', `{ node { ${Array.from({ length: 61 }, (_, n) => `...f${n} `).join('')} } } ${Array.from({ length: 61 }, (_, n) => `fragment f${n} on Node { id }`).join(' ')}`, 'queryFragments'],
    ['of 51 arguments of one field', `{ number(${'value: 1 '.repeat(51)}) }`, 'queryArguments'],
    ['of 51 variables', `query (${Array.from({ length: 51 }, (_, n) => `$v${n}: Int`).join(' ')}) { hidden }`, 'queryArguments'],
    ['of pages in pages', '{ page(first: 100) { nodes { page(first: 100) { nodes { page(first: 100) { nodes { id } } } } } } }', 'queryCost'],
    ['of lists in lists', '{ page(first: 100) { nodes { related { related { related { id } } } } } }', 'queryCost'],
    ['of a page and its edges in pages', '{ page(first: 100) { edges { node { page(first: 100) { nodes { next { next { id } } } } } } } }', 'queryCost'],
  ])('is refused when it is one %s', async (_, query, limit) => {
    const answer = await refused(query);
    expect(answer).toMatchObject({ status: 400, codes: ['TOO_EXPENSIVE'], limit, planned: 0 });
    expect(answer.data).toBeUndefined();
    expect(answer.ms).toBeLessThan(refusalMsMax);
  });

  it.each<[string, string]>([
    ['12 levels', nested(12)], ['12 levels in fragments', nestedInFragments(12)], ['12 levels inline', nestedInline(12)],
    ['15 aliases', `{ node { ${aliased(15, 'id')} } }`], ['one sign-in', 'mutation { signIn(password: "1") }'], ['20 fields at its root', `{ ${aliased(15)} ${'hidden '.repeat(5)} }`],
    ['30 selections of one name', `{ node { ${'name '.repeat(30)} } }`],
  ])('is one thing, and %s are another', async (_, query) => {
    expect((await gateway.ask(query)).body.errors).toBeUndefined();
  });

  it.each<[string, string]>([
    ['in itself', '{ node { ...a } } fragment a on Node { next { ...a } }'],
    ['through three others', '{ node { ...a } } fragment a on Node { ...b } fragment b on Node { ...c } fragment c on Node { ...a }'],
    ['across types', '{ thing { ...a } } fragment a on Cup { inside { ...b } } fragment b on Node { next { ...c } } fragment c on Node { next { ...b } }'],
    ['unused', '{ hidden } fragment a on Node { next { ...a } }'],
  ])('may not spread a fragment %s', async (_, query) => {
    expect(await refused(query)).toMatchObject({ status: 400, codes: ['BAD_USER_INPUT'], planned: 0 });
  });

  it.each<[string, string]>([
    ['with other arguments', '{ number(value: 1) number(value: 2) }'], ['under one name for two', '{ node { id: name id } }'],
    ['often', `{ node { ${Array.from({ length: 29 }, (_, n) => `name(width: ${n}) `).join('')} } }`],
  ])('may not ask for one field %s', async (_, query) => {
    const answer = await refused(query);
    expect(answer).toMatchObject({ status: 400, planned: 0 });
    expect(new Set(answer.codes)).toEqual(new Set(['BAD_USER_INPUT']));
    expect(answer.ms).toBeLessThan(refusalMsMax);
  });

  it.each<[string, string, Record<string, unknown>?]>([
    ['of a million', '{ page(first: 1000000) { total } }'], ['of a million by a variable', 'query ($n: Int) { page(first: $n) { total } }', { n: 1_000_000 }],
    ['of a million by default', 'query ($n: Int = 1000000) { page(first: $n) { total } }'], ['of 101', '{ page(last: 101) { total } }'],
    ['of -1', '{ page(first: -1) { total } }'], ['of 0', '{ page(first: 0) { total } }'], ['from both ends', '{ page(first: 1, last: 1) { total } }'],
  ])('may not be a page %s', async (_, query, variables) => {
    const answer = await refused(query, variables);
    expect(answer).toMatchObject({ status: 400, codes: ['BAD_USER_INPUT'], planned: 0 });
    expect(answer.ms).toBeLessThan(refusalMsMax);
    expect(answer.body.errors?.[0]?.extensions['problems']).toHaveLength(1);
  });

  it('may not be a page beyond all numbers', async () => {
    expect(await refused('{ page(first: 2147483648) { total } }')).toMatchObject({ codes: ['BAD_USER_INPUT'] });
    expect(await refused('query ($n: Int) { page(first: $n) { nodes { id } } }', { n: 2 ** 31 })).toMatchObject({ status: 400, codes: ['BAD_USER_INPUT'] });
  });

  it('has a price that its answer tells', async () => {
    const costOf = async (query: string, variables?: Record<string, unknown>) => (await gateway.ask(query, { variables })).body.extensions;
    const price = (requested: number) => ({ cost: { requested, limit: 20_000, remaining: expect.any(Number) as number, restoredPerSecond: 5_000 } });
    expect(await costOf('{ hidden }')).toEqual(price(1));
    expect(await costOf('{ node { id next { id } } }')).toEqual(price(2));
    expect(await costOf('{ node { next { id } next { name } } }')).toEqual(price(2));
    expect(await costOf('{ page { nodes { id } } }')).toEqual(price(21));
    expect(await costOf('query ($n: Int) { page(first: $n) { nodes { id } edges { node { id } } } }', { n: 5 })).toEqual(price(16));
    expect(await costOf('query ($n: Int) { page(first: $n) { nodes { id } edges { node { id } } } }', { n: 7 })).toEqual(price(22));
    const withDefault = 'query ($n: Int = 3) { page(first: $n) { nodes { id } } }';
    for (const [variables, points] of [[{}, 4], [{ n: 6 }, 7], [{ n: null }, 21], [{}, 4], [{ n: 6 }, 7]] as const) expect(await costOf(withDefault, variables)).toEqual(price(points));
    expect(await costOf('{ node { related { id } plain(first: 3) { next { id } } } }')).toEqual(price(1 + 10 + 6));
    expect(await costOf('{ thing { id ... on Cup { inside { id } handles { id } } ... on Sari { maker { id } } } }')).toEqual(price(12));
    expect(await costOf('mutation { rename(name: "x") { id } }')).toEqual(price(11));
    expect(await costOf('mutation { signIn(password: "x") }')).toEqual(price(100));
  });

  it('is allowed up to exactly its limit, and a tenant may have its own', async () => {
    const acme = identity.tenants.get('acme');
    if (!acme) throw new Error('acme is in the fixture');
    const own = await startFixtureGateway({ asks: identity.asks, definitions: fixtureShop });
    identity.tenants.set('acme', { ...acme, limits: { queryCost: 21, queryDepth: 3, queryAliases: 20, pageSize: 150, queryTokens: -5 } });
    const codeOf = async (query: string) => (await own.ask(query)).body.errors?.[0]?.extensions['code'];
    expect(await codeOf('{ page(first: 19) { nodes { id } } }')).toBeUndefined();
    expect(await codeOf('{ page(first: 20) { nodes { id } } }')).toBeUndefined();
    expect(await codeOf('{ page(first: 21) { nodes { id } } }')).toBe('TOO_EXPENSIVE');
    expect(await codeOf(nested(3))).toBeUndefined();
    expect(await codeOf(nested(4))).toBe('TOO_EXPENSIVE');
    expect(await codeOf(`{ ${aliased(20)} }`)).toBeUndefined();
    expect(await codeOf('{ page(first: 150) { total } }')).toBeUndefined();
    expect(await codeOf('{ page(first: 151) { total } }')).toBe('BAD_USER_INPUT');
    identity.tenants.set('acme', acme);
    await own.close();
  });

  it('is told of no more than ten mistakes', async () => {
    const many = await gateway.ask(`{ hidden ${Array.from({ length: 49 }, (_, n) => `@d${n} `).join('')} }`);
    expect(many.body.errors).toHaveLength(10);
  });

  it.each<[string, unknown]>([
    ['too deep', { value: Array.from({ length: 1_000 }).reduce<unknown>((inner) => [inner], 1) }],
    ['too long a list', { value: Array.from({ length: 100_000 }, () => 1) }],
    ['too many values', { value: Array.from({ length: 100 }, () => Array.from({ length: 200 }, () => 1)) }],
  ])('may not have variables that hold %s', async (_, variables) => {
    const answer = await refused('query ($value: JSON) { json(value: $value) }', variables as Record<string, unknown>);
    expect(answer).toMatchObject({ status: 400, codes: ['BAD_USER_INPUT'], planned: 0 });
    expect(answer.ms).toBeLessThan(refusalMsMax);
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['missing', 'query ($n: Int!) { number(value: $n) }', {}], ['null where one must be', 'query ($n: Int!) { number(value: $n) }', { n: null }],
    ['of another type', 'query ($n: Int) { number(value: $n) }', { n: '1e3' }], ['no whole number', 'query ($n: Int) { number(value: $n) }', { n: 1.5 }],
    ['too large', 'query ($n: Int) { number(value: $n) }', { n: 2 ** 53 + 1 }],
  ])('may not have a variable that is %s', async (_, query, variables) => {
    expect(await refused(query, variables)).toMatchObject({ status: 400, codes: ['BAD_USER_INPUT'] });
  });

  it('takes no notice of variables that it does not declare', async () => {
    expect((await refused('{ hidden }', { other: { deep: [1] } })).codes).toBeUndefined();
  });

  it('cannot be sent in parts or with a condition that reaches what it may not', async () => {
    for (const query of ['{ node { ... @defer { id } } }', '{ node { related @stream { id } } }']) {
      expect(await refused(query)).toMatchObject({ status: 400, codes: ['BAD_USER_INPUT'] });
    }
    const skipped = `mutation { a: signIn(password: "1") @skip(if: true) b: signIn(password: "2") @include(if: true) }`;
    expect(await refused(skipped)).toMatchObject({ codes: ['TOO_EXPENSIVE'] });
  });

  it.each<[string, string]>([
    ['repeats itself', `{ ${Array.from({ length: 15 }, (_, n) => `n${n}: node { ${'name(width: 123456789) '.repeat(29)} }`).join(' ')} }`],
    ['repeats itself in levels', `{ node { ${'next { id name next { id } } '.repeat(30)} } }`],
    ['asks one of many types', `{ thing { ${'... on Cup { inside { id } } ... on Sari { maker { id } } '.repeat(14)} } }`],
  ])('is validated in no time when it is as large as it may be and %s', async (_, query) => {
    const answer = await refused(query);
    expect(answer.codes).toBeUndefined();
    expect(answer.ms).toBeLessThan(4 * refusalMsMax);
  });

  it('may ask for the whole schema where that is allowed', async () => {
    const { body } = await gateway.ask(getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true }));
    expect(body.errors).toBeUndefined();
    expect(JSON.stringify(body.data)).toContain('NodePage');
  });

  it('makes nobody forget more than there is room for', async () => {
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < 1_000; n += 1) await gateway.ask(`# ${n} ${'x'.repeat(20_000)}\n{ hidden }`);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150 * 1024 * 1024);
    expect((await gateway.ask('{ hidden }')).status).toBe(200);
  });
});
