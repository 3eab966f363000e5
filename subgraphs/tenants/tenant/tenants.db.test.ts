import { tenantResolve } from '@haat/schema/asks/tenants';
import { tenantOpened } from '@haat/schema/events/tenants';
import { platformTenantId } from '@haat/schema/ids';
import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import { platformTenant, testViewer } from '@haat/kit/testing/test-tenant';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform, someOpening, someSlug, TenantsRig, type Marketplace } from '../testing/tenants-rig.js';

let rig: TenantsRig;
let statements: StatementCount;
beforeAll(async () => {
  statements = countStatements();
  rig = await TenantsRig.start();
  await rig.subgraph.running.seed();
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  statements[Symbol.dispose]();
});

const resolve = async (wanted: { host?: string; slug?: string; id?: string }, asker: TestAsker = { tenant: platformTenant }) => (await rig.subgraph.put(asker, tenantResolve, wanted)).tenant;
const statusOf = async ({ id }: Marketplace) => (await resolve({ id }))?.status;

describe('openTenant', () => {
  it('opens a marketplace, and has its first operator invited at an address that travels sealed [TEN-01]', async () => {
    const input = { ...someOpening(), planKey: 'GROWTH' };
    const opened = await rig.mutate(platform, 'openTenant', input);
    expect(opened).toMatchObject({ __typename: 'Tenant', slug: input.slug, name: 'Some Bazaar', status: 'OPEN', currency: 'BDT', locale: 'bn', timeZone: 'Asia/Dhaka', domains: [], plan: { key: 'GROWTH' }, usage: [] });
    const id = String(opened['id']);
    const [said] = (await rig.said(id, 'tenant-opened')) as [Record<string, unknown>];
    expect(said).toMatchObject({ tenantId: id, slug: input.slug, status: 'OPEN', plan: 'GROWTH', locales: ['bn', 'en'], features: ['flash-sales', 'partner-api', 'reviews', 'wishlists'], hosts: [] });
    expect(JSON.stringify(await rig.subgraph.query('select * from tenants.outbox'))).not.toMatch(/owner@example/i);
    expect(await rig.subgraph.unseal('identity', { tenantId: id, purpose: tenantOpened.key }, String(said['sealedOwnerEmail']))).toBe('Owner@Example.com');
  });

  it('begins with the smallest plan and UTC where nothing is said', async () => {
    const { slug, name, currency, locale, ownerEmail } = someOpening();
    expect(await rig.mutate(platform, 'openTenant', { slug, name, currency, locale, ownerEmail })).toMatchObject({ locale: 'bn', timeZone: 'UTC', plan: { key: 'STARTER' } });
  });

  it('gives a slug once, also when many want it at the same time, and never again after closing [TEN-01]', async () => {
    const input = someOpening();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => rig.mutate(platform, 'openTenant', input)));
    const opened = outcomes.filter((o) => o.__typename === 'Tenant');
    expect(opened).toHaveLength(1);
    expect(outcomes.find((o) => o.__typename === 'SlugTaken')).toMatchObject({ slug: input.slug });
    await rig.mutate(platform, 'closeTenant', { tenantId: opened[0]?.['id'], reason: 'Moved away.' });
    expect(await rig.mutate(platform, 'openTenant', input)).toMatchObject({ __typename: 'SlugTaken' });
  });

  it('opens once for one idempotency key, and answers the same whole marketplace again', async () => {
    const input = { ...someOpening(), idempotencyKey: `key-${someSlug()}` };
    const [first, second] = [await rig.mutate(platform, 'openTenant', input), await rig.mutate(platform, 'openTenant', input)];
    expect(first.__typename).toBe('Tenant');
    expect(second).toEqual(first);
    const { idempotencyKey, ...rest } = input;
    expect(await rig.mutate({ ...platform, idempotencyKey }, 'openTenant', rest)).toMatchObject({ __typename: 'Tenant', id: first['id'] });
    expect(await rig.said(String(first['id']), 'tenant-opened')).toHaveLength(1);
    await expect(rig.mutate(platform, 'openTenant', { ...input, name: 'Another' })).rejects.toThrow(/^IDEMPOTENCY_KEY_REUSED/);
    const taken = { ...input, idempotencyKey: `key-${someSlug()}` };
    expect(await rig.mutate(platform, 'openTenant', taken)).toEqual(await rig.mutate(platform, 'openTenant', taken));
  });

  it('names everything that will not do, at once', async () => {
    const bad = { ...someOpening(), slug: 'No Slug', name: ' ', timeZone: 'Mars/Olympus', planKey: 'GOLD', ownerEmail: 'nobody', otherLocales: Array(21).fill('en') };
    const { errors } = await rig.subgraph.ask(platform, 'mutation($i: OpenTenantInput!) { openTenant(input: $i) { __typename } }', { i: bad });
    expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    const problems = errors?.[0]?.extensions?.['problems'] as { path: string[] }[] | undefined;
    const paths = (problems ?? []).map((p) => p.path.join('.'));
    expect(paths.sort()).toEqual(['input.name', 'input.otherLocales', 'input.ownerEmail', 'input.planKey', 'input.slug', 'input.timeZone']);
  });

  it.each([['slug', 'ab'], ['slug', '1shop'], ['slug', 'shop-'], ['slug', 'x'.repeat(41)], ['currency', 'XYZ'], ['locale', 'not a tag']])('refuses the %s %s', async (part, value) => {
    await expect(rig.mutate(platform, 'openTenant', { ...someOpening(), [part]: value })).rejects.toThrow(/^(BAD_USER_INPUT|undefined)|currency|locale/);
  });

  it('is for the platform only [TEN-01, AUTH-07]', async () => {
    const shop = await rig.open();
    await expect(rig.mutate(shop.operator, 'openTenant', someOpening())).rejects.toThrow(/^FORBIDDEN/);
    await expect(rig.mutate({ tenant: platformTenant, viewer: testViewer('usr_o', ['OPERATOR']) }, 'openTenant', someOpening())).rejects.toThrow(/^FORBIDDEN/);
    await expect(rig.mutate(shop.guest, 'openTenant', someOpening())).rejects.toThrow(/^UNAUTHENTICATED/);
  });
});

describe('tenants', () => {
  const list = async (args: string, asker = platform) => (await rig.read<{ tenants: { totalCount: number; nodes: { slug: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(asker, `{ tenants(${args}) { totalCount nodes { slug } pageInfo { endCursor hasNextPage } } }`)).tenants;

  it('lists all marketplaces to the platform, oldest first, by pages [TEN-01]', async () => {
    const mark = someSlug();
    for (const n of [1, 2, 3]) await rig.open({ slug: `${mark}-${n}` });
    const first = await list(`first: 2, search: "${mark.toUpperCase()}"`);
    expect([first.nodes.map((n) => n.slug), first.totalCount, first.pageInfo.hasNextPage]).toEqual([[`${mark}-1`, `${mark}-2`], 3, true]);
    const second = await list(`first: 2, search: "${mark}", after: "${first.pageInfo.endCursor}"`);
    expect([second.nodes.map((n) => n.slug), second.pageInfo.hasNextPage]).toEqual([[`${mark}-3`], false]);
    expect((await list('first: 3')).nodes.map((n) => n.slug)).toEqual(['haat', 'acme', 'nordic']);
  });

  it('finds by part of name or slug, as text and never as a pattern', async () => {
    const mark = someSlug();
    await rig.open({ slug: mark, name: `100% ${mark}` });
    expect((await list(`search: "00% ${mark}"`)).totalCount).toBe(1);
    expect((await list('search: "%%"')).totalCount).toBe(0);
    await expect(list(`search: "${'x'.repeat(101)}"`)).rejects.toThrow(/^BAD_USER_INPUT: .*search/);
  });

  it('is for the platform only', async () => {
    const shop = await rig.open();
    await expect(list('first: 1', shop.operator)).rejects.toThrow(/^FORBIDDEN/);
    await expect(list('first: 1', shop.guest)).rejects.toThrow(/^UNAUTHENTICATED/);
  });
});

describe('tenant', () => {
  const query = '{ tenant { id slug name status currency locale timeZone domains { id recordName recordValue } plan { key } features { key } usage { meter } } }';

  it('is the marketplace of the request, with its plan, features and usage for operators only [TEN-01, AUTH-08]', async () => {
    const shop = await rig.open();
    await rig.mutate(shop.operator, 'addDomain', { host: `${someSlug()}.example.com` });
    for (const asker of [shop.guest, shop.shopper]) {
      expect(await rig.read(asker, query)).toEqual({ tenant: { id: shop.id, slug: shop.slug, name: 'Some Bazaar', status: 'OPEN', currency: 'BDT', locale: 'bn', timeZone: 'Asia/Dhaka', domains: [], plan: null, features: null, usage: null } });
    }
    expect(await rig.read(shop.operator, query)).toMatchObject({ tenant: { plan: { key: 'STARTER' }, features: [{ key: 'reviews' }], usage: [{ meter: 'domains' }], domains: [{ recordValue: expect.stringMatching(/^haat-verification=/) }] } });
  });

  it('as an entity is there for itself and the platform, and in no other marketplace [TEN-08]', async () => {
    const [here, there] = [await rig.open(), await rig.open()];
    const load = (asker: TestAsker) => rig.read<{ _entities: object[] }>(asker, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Tenant { slug plan { key } } } }', { r: [here, there].map(({ id }) => ({ __typename: 'Tenant', id })) });
    expect((await load(here.operator))._entities).toEqual([{ slug: here.slug, plan: { key: 'STARTER' } }, null]);
    expect((await load(there.guest))._entities).toEqual([null, { slug: there.slug, plan: null }]);
    expect((await load(platform))._entities).toMatchObject([{ slug: here.slug }, { slug: there.slug }]);
  });

  it('is looked up by as many statements for a hundred keys as for five', async () => {
    await rig.subgraph.query(
      `insert into tenants.tenant (tenant_id, id, slug, name, status, currency, locales, time_zone, plan_key)
       select 'ten_' || n, 'ten_' || n, 'many-' || n, 'Many', 'OPEN', 'EUR', '{en}', 'UTC', 'STARTER' from generate_series(1, 100) n`,
    );
    const load = (count: number) => statements.during(() => rig.read(
      platform, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Tenant { slug plan { key } domains { host } features { key } usage { meter } } } }',
      { r: Array.from({ length: count }, (_, n) => ({ __typename: 'Tenant', id: `ten_${n + 1}` })) },
    ));
    await load(1);
    const [five, hundred] = [await load(5), await load(100)];
    expect(five).toBe(5);
    expect(hundred).toBe(five);
  });
});

describe('a marketplace\'s status', () => {
  it('goes from open to suspended and back, and to closed for good, each step said once [TEN-01]', async () => {
    const shop = await rig.open();
    const take = (field: string) => rig.mutate(platform, field, { tenantId: shop.id, ...(field !== 'resumeTenant' && { reason: 'Unpaid.' }) });
    expect(await take('resumeTenant')).toMatchObject({ __typename: 'Tenant', status: 'OPEN' });
    for (let n = 0; n < 2; n += 1) expect(await take('suspendTenant')).toMatchObject({ __typename: 'Tenant', status: 'SUSPENDED' });
    expect(await take('resumeTenant')).toMatchObject({ status: 'OPEN' });
    await take('suspendTenant');
    for (let n = 0; n < 2; n += 1) expect(await take('closeTenant')).toMatchObject({ __typename: 'Tenant', status: 'CLOSED' });
    for (const field of ['suspendTenant', 'resumeTenant']) expect(await take(field)).toMatchObject({ __typename: 'TenantStatusConflict', conflict: 'CLOSED' });
    expect((await rig.said(shop.id, 'tenant-changed')).map((p) => p['status'])).toEqual(['SUSPENDED', 'OPEN', 'SUSPENDED', 'CLOSED']);
    expect(await statusOf(shop)).toBe('CLOSED');
  });

  it('changes for the platform only, for a reason, and only of a marketplace that is there', async () => {
    const shop = await rig.open();
    for (const field of ['suspendTenant', 'closeTenant']) {
      await expect(rig.mutate(shop.operator, field, { tenantId: shop.id, reason: 'x' })).rejects.toThrow(/^FORBIDDEN/);
      await expect(rig.mutate(platform, field, { tenantId: shop.id, reason: ' ' })).rejects.toThrow(/^BAD_USER_INPUT: .*input.reason/);
      await expect(rig.mutate(platform, field, { tenantId: 'ten_none', reason: 'x' })).rejects.toThrow('NOT_FOUND: No such tenant.');
    }
    expect(await statusOf(shop)).toBe('OPEN');
  });

  it('of the platform\'s own stays open', async () => {
    for (const field of ['suspendTenant', 'closeTenant']) await expect(rig.mutate(platform, field, { tenantId: platformTenantId, reason: 'x' })).rejects.toThrow(/^FORBIDDEN/);
    expect((await resolve({ slug: 'haat' }))?.status).toBe('OPEN');
  });
});

describe('tenant.resolve', () => {
  it('finds a marketplace by id, slug and host under the platform\'s domain [TEN-05]', async () => {
    const shop = await rig.open({ planKey: 'GROWTH' });
    const facts = { id: shop.id, slug: shop.slug, name: 'Some Bazaar', status: 'OPEN', currency: 'BDT', locales: ['bn', 'en'], timeZone: 'Asia/Dhaka', features: ['flash-sales', 'partner-api', 'reviews', 'wishlists'] };
    const wanted = [{ id: shop.id }, { slug: shop.slug }, { host: `${shop.slug}.localhost` }, { host: `${shop.slug.toUpperCase()}.LOCALHOST:4000` }];
    for (const one of wanted) expect(await resolve(one)).toMatchObject(facts);
    expect((await resolve({ id: shop.id }))?.limits).toMatchObject({ staff: 25, domains: 5 });
  });

  it.each([
    [{}], [{ id: 'ten_none' }], [{ slug: 'nobody-here' }], [{ host: 'nobody-here.localhost' }], [{ host: 'localhost' }], [{ host: 'a.acme.localhost' }], [{ host: 'shop.example.com' }],
    [{ host: '127.0.0.1' }], [{ host: '[::1]:4000' }], [{ host: "acme.localhost'--" }], [{ slug: '' }], [{ host: 'acme.localhost.evil.example' }],
  ])('knows nobody by %j [TEN-05]', async (wanted) => {
    expect(await resolve(wanted)).toBeNull();
  });

  it('answers other marketplaces only to the platform\'s context [TEN-08]', async () => {
    const [here, there] = [await rig.open(), await rig.open()];
    expect(await resolve({ slug: there.slug }, here.guest)).toBeNull();
    expect(await resolve({ slug: here.slug }, here.guest)).toMatchObject({ id: here.id });
  });
});

describe('republish', () => {
  it('says the present state again, marked as said before, and of that marketplace only', async () => {
    const [here, there] = [await rig.open(), await rig.open()];
    await rig.subgraph.running.republish([here.id]);
    await rig.subgraph.running.republish([here.id]);
    const events = (await rig.subgraph.events(here.id)).filter((e) => e.type === 'tenants.tenant-changed');
    expect(events).toMatchObject(Array(2).fill({ republished: true, aggregate: { id: here.id, version: 1 }, payload: { slug: here.slug, status: 'OPEN' } }));
    expect(await rig.said(there.id, 'tenant-changed')).toEqual([]);
  });
});

describe('the demonstration', () => {
  it('is the same however often it is seeded', async () => {
    const rows = () => rig.subgraph.query(`select * from tenants.tenant where slug in ('haat', 'acme', 'nordic') order by slug`);
    const before = await rows();
    expect(before).toMatchObject([{ currency: 'BDT', locales: ['en', 'bn'] }, { id: platformTenantId }, { currency: 'EUR', locales: ['en', 'sv'] }]);
    await rig.subgraph.running.seed();
    expect(await rows()).toEqual(before);
  });
});
