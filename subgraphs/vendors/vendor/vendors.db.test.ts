import { vendorDescribe } from '@haat/schema/asks/vendors';
import { newId } from '@haat/kit/id';
import { systemViewer } from '@haat/kit/identity';
import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { someSlug, VendorsRig, type Market } from '../testing/vendors-rig.js';

let rig: VendorsRig;
let statements: StatementCount;
beforeAll(async () => {
  statements = countStatements();
  rig = await VendorsRig.start();
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  statements[Symbol.dispose]();
});

const vendor = '... on Vendor { id slug name status openNow decisionReason }';
const describe1 = async (market: Market, id: string) => (await rig.subgraph.put({ tenant: market.tenant, viewer: systemViewer }, vendorDescribe, { vendorIds: [id] })).vendors[0];
const decide = (market: Market, field: string, vendorId: string) => rig.mutate(market.operator, field, { vendorId, ...(/approve|restore/.test(field) ? {} : { reason: 'For a reason.' }) }, `${vendor} ... on VendorStatusConflict { conflict: status }`);

describe('applyAsVendor', () => {
  it('takes an application in, and makes whoever applied the owner [VEN-01]', async () => {
    const market = rig.market();
    const person = rig.person(market);
    const slug = someSlug();
    const made = await rig.mutate(person, 'applyAsVendor', { slug, name: ' Some  Crafts ', about: 'Clay.', logoUrl: 'https://logo.example/a.png', contactEmail: 'a@crafts.example' }, '... on Vendor { id slug name status about logoUrl openNow minimumOrder { minor } members { id } metadata { key } }');
    expect(made).toMatchObject({ __typename: 'Vendor', slug, name: 'Some  Crafts', status: 'PENDING', about: 'Clay.', openNow: false, minimumOrder: null, members: null, metadata: [] });
    const id = made['id'];
    expect(await rig.said(market, 'vendor-applied')).toMatchObject([{ vendorId: id, slug, status: 'PENDING', openNow: false, currency: 'BDT', applicantUserId: person.viewer.userId }]);
    expect(await rig.said(market, 'vendor-changed')).toMatchObject([{ vendorId: id, status: 'PENDING' }]);
    expect(await rig.said(market, 'vendor-member-changed')).toMatchObject([{ vendorId: id, userId: person.viewer.userId, status: 'ACTIVE', grants: expect.arrayContaining(['members.manage', 'payouts.manage']) }]);
  });

  it('gives a slug once, also when many want it at the same time', async () => {
    const market = rig.market();
    const slug = someSlug();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => rig.mutate(rig.person(market), 'applyAsVendor', { slug, name: 'Some' }, '... on SlugTaken { slug }')));
    expect(outcomes.filter((o) => o.__typename === 'Vendor')).toHaveLength(1);
    expect(outcomes.filter((o) => o.__typename === 'SlugTaken')).toHaveLength(4);
    expect(await rig.mutate(rig.person(rig.market()), 'applyAsVendor', { slug, name: 'Elsewhere' })).toMatchObject({ __typename: 'Vendor' });
  });

  it('takes five applications of one person at most, however many at once', async () => {
    const market = rig.market();
    const person = rig.person(market);
    const outcomes = await Promise.all(Array.from({ length: 7 }, () => rig.mutate(person, 'applyAsVendor', { slug: someSlug(), name: 'Some' })));
    expect(outcomes.filter((o) => o.__typename === 'TooManyApplications')).toHaveLength(2);
  });

  it('names everything that will not do, and refuses guests', async () => {
    const market = rig.market();
    await expect(rig.mutate(rig.person(market), 'applyAsVendor', { slug: 'No Slug', name: ' ', logoUrl: 'http://a.example', contactEmail: 'nobody' })).rejects.toThrow(/^BAD_USER_INPUT: .*input.slug.*input.name.*input.logoUrl.*input.contactEmail/);
    await expect(rig.mutate(market.guest, 'applyAsVendor', { slug: someSlug(), name: 'Some' })).rejects.toThrow(/^UNAUTHENTICATED/);
  });
});

describe('a vendor\'s status', () => {
  it('goes from applied to approved, suspended and back, each step said once [VEN-01]', async () => {
    const market = rig.market();
    const { id } = await rig.applied(market);
    expect(await describe1(market, id)).toMatchObject({ openNow: false, whyClosed: 'NOT_APPROVED' });
    for (let n = 0; n < 2; n += 1) expect(await decide(market, 'approveVendor', id)).toMatchObject({ status: 'APPROVED', openNow: true });
    expect(await describe1(market, id)).toMatchObject({ openNow: true, whyClosed: null });
    for (let n = 0; n < 2; n += 1) expect(await decide(market, 'suspendVendor', id)).toMatchObject({ status: 'SUSPENDED', openNow: false, decisionReason: 'For a reason.' });
    expect(await describe1(market, id)).toMatchObject({ openNow: false, whyClosed: 'SUSPENDED' });
    for (let n = 0; n < 2; n += 1) expect(await decide(market, 'restoreVendor', id)).toMatchObject({ status: 'APPROVED', openNow: true, decisionReason: null });
    expect(await describe1(market, id)).toMatchObject({ openNow: true });
    const said = (await rig.subgraph.events(market.tenant.id)).filter((event) => event.aggregate.id === id).map(({ type, aggregate }) => `${type.split('.')[1]} ${aggregate.version}`);
    expect(said).toEqual(['vendor-applied 1', 'vendor-changed 1', 'vendor-changed 2', 'vendor-approved 2', 'vendor-changed 3', 'vendor-suspended 3', 'vendor-changed 4', 'vendor-restored 4']);
    expect(await rig.said(market, 'vendor-suspended')).toMatchObject([{ openNow: false, reason: 'For a reason.' }]);
  });

  it('ends rejected, and closed for good', async () => {
    const market = rig.market();
    const rejected = await rig.applied(market);
    for (let n = 0; n < 2; n += 1) expect(await decide(market, 'rejectVendor', rejected.id)).toMatchObject({ status: 'REJECTED', decisionReason: 'For a reason.' });
    expect(await decide(market, 'approveVendor', rejected.id)).toMatchObject({ __typename: 'VendorStatusConflict', conflict: 'REJECTED' });
    const closed = await rig.approved(market);
    for (let n = 0; n < 2; n += 1) expect(await decide(market, 'closeVendor', closed.id)).toMatchObject({ status: 'CLOSED', openNow: false });
    for (const field of ['approveVendor', 'suspendVendor', 'restoreVendor', 'rejectVendor']) expect(await decide(market, field, closed.id)).toMatchObject({ __typename: 'VendorStatusConflict', conflict: 'CLOSED' });
    expect(await describe1(market, closed.id)).toMatchObject({ whyClosed: 'CLOSED' });
  });

  it('changes for operators only, for a reason, and only of a vendor of their own marketplace [TEN-08]', async () => {
    const [here, there] = [rig.market(), rig.market()];
    const { id, owner } = await rig.approved(here);
    for (const field of ['approveVendor', 'rejectVendor', 'suspendVendor', 'restoreVendor', 'closeVendor']) {
      const input = { vendorId: id, ...(/approve|restore/.test(field) ? {} : { reason: 'x' }) };
      await expect(rig.mutate(owner, field, input)).rejects.toThrow(/^FORBIDDEN/);
      await expect(rig.mutate(here.guest, field, input)).rejects.toThrow(/^UNAUTHENTICATED/);
      await expect(rig.mutate(there.operator, field, input)).rejects.toThrow('NOT_FOUND: No such vendor.');
    }
    await expect(rig.mutate(here.operator, 'suspendVendor', { vendorId: id, reason: ' ' })).rejects.toThrow(/^BAD_USER_INPUT: .*input.reason/);
    expect(await describe1(here, id)).toMatchObject({ openNow: true });
    expect(await describe1(there, id)).toBeUndefined();
  });

  it('is approved no further than the plan allows, however many at once, and counted [VEN-01, TEN-02]', async () => {
    const market = rig.market({ limits: { vendors: 2 } });
    const made = await Promise.all(Array.from({ length: 5 }, () => rig.applied(market)));
    const outcomes = await Promise.all(made.map(({ id }) => rig.mutate(market.operator, 'approveVendor', { vendorId: id }, '... on VendorLimitReached { limit } ... on Vendor { id }')));
    expect(outcomes.filter((o) => o.__typename === 'Vendor')).toHaveLength(2);
    expect(outcomes.filter((o) => o.__typename === 'VendorLimitReached')).toMatchObject([{ limit: 2 }, { limit: 2 }, { limit: 2 }]);
    expect(await rig.said(market, 'usage-counted')).toEqual([{ meter: 'vendors', used: 1 }, { meter: 'vendors', used: 2 }]);
    const first = outcomes.find((o) => o.__typename === 'Vendor');
    await decide(market, 'closeVendor', String(first?.['id']));
    expect((await rig.said(market, 'usage-counted')).at(-1)).toEqual({ meter: 'vendors', used: 1 });
  });
});

describe('vendor and vendors', () => {
  const one = (asker: TestAsker, variables: object) => rig.read<{ vendor: object | null }>(asker, 'query($id: ID, $slug: String) { vendor(id: $id, slug: $slug) { slug status decisionReason } }', { ...variables }).then((d) => d.vendor);
  const list = async (asker: TestAsker, args: string) => (await rig.read<{ vendors: { totalCount: number; nodes: { name: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(asker, `{ vendors(${args}) { totalCount nodes { name } pageInfo { endCursor hasNextPage } } }`)).vendors;

  it('show whoever was approved to everybody, and applicants to their own and to operators', async () => {
    const [market, there] = [rig.market(), rig.market()];
    const [applied, approved] = [await rig.applied(market), await rig.approved(market)];
    for (const asker of [market.operator, applied.owner]) expect(await one(asker, { id: applied.id })).toMatchObject({ slug: applied.slug });
    for (const asker of [market.guest, approved.owner, there.operator]) expect(await one(asker, { id: applied.id })).toBeNull();
    await decide(market, 'suspendVendor', approved.id);
    for (const [asker, decisionReason] of [[market.guest, null], [applied.owner, null], [approved.owner, 'For a reason.'], [market.operator, 'For a reason.']] as const) {
      expect(await one(asker, { slug: approved.slug })).toEqual({ slug: approved.slug, status: 'SUSPENDED', decisionReason });
    }
    expect(await one(market.guest, {})).toBeNull();
    expect(await one(there.operator, { id: approved.id })).toBeNull();
  });

  it('list by name and by pages: approved ones to shoppers, all to operators, narrowed by status and text', async () => {
    const market = rig.market();
    for (const name of ['Cane', 'Amber 100%', 'Brass']) await rig.approved(market, { name });
    await rig.applied(market, { name: 'Dye' });
    const first = await list(market.guest, 'first: 2');
    expect([first.nodes.map((n) => n.name), first.totalCount, first.pageInfo.hasNextPage]).toEqual([['Amber 100%', 'Brass'], 3, true]);
    expect((await list(market.guest, `first: 2, after: "${first.pageInfo.endCursor}"`)).nodes.map((n) => n.name)).toEqual(['Cane']);
    expect((await list(market.operator, 'first: 10')).totalCount).toBe(4);
    expect((await list(market.operator, 'status: PENDING')).nodes.map((n) => n.name)).toEqual(['Dye']);
    expect((await list(market.guest, 'status: PENDING')).totalCount).toBe(0);
    expect((await list(market.guest, 'search: "00%"')).nodes.map((n) => n.name)).toEqual(['Amber 100%']);
    await expect(list(market.guest, `search: "${'x'.repeat(101)}"`)).rejects.toThrow(/^BAD_USER_INPUT/);
  });

  it('take as many statements for a hundred as for five', async () => {
    const market = rig.market();
    const ids = await rig.subgraph.query<{ id: string }>(
      `insert into vendors.vendor (tenant_id, id, slug, name, status, currency, score, approved_at, payout_interval, stored_metadata)
       select $1, 'ven_' || n, 'many-' || n, 'Many ' || n, 'APPROVED', 'BDT', 500, now(), 'WEEKLY', '[]' from generate_series(1, 100) n returning id`, [market.tenant.id],
    );
    const select = 'id name openNow minimumOrder { minor } metadata { key } members { id user { id } }';
    const page = (first: number) => statements.during(() => rig.read(market.operator, `{ vendors(first: ${first}) { nodes { ${select} } } }`));
    const load = (count: number) => statements.during(() => rig.read(market.operator, `query($r: [_Any!]!) { _entities(representations: $r) { ... on Vendor { ${select} } } }`, { r: ids.slice(0, count).map(({ id }) => ({ __typename: 'Vendor', id })) }));
    await page(1);
    expect([await page(5), await load(5)]).toEqual([await page(100), await load(100)]);
  });
});

describe('republish', () => {
  it('says vendors and members again, of that marketplace only', async () => {
    const [here, there] = [rig.market(), rig.market()];
    const { id } = await rig.approved(here);
    await rig.approved(there);
    const before = (await rig.subgraph.events(there.tenant.id)).length;
    await rig.subgraph.running.republish([here.tenant.id]);
    const again = (await rig.subgraph.events(here.tenant.id)).filter((event) => (event as { republished?: boolean }).republished);
    expect(again).toMatchObject([{ type: 'vendors.vendor-changed', aggregate: { id, version: 2 }, payload: { status: 'APPROVED' } }, { type: 'vendors.vendor-member-changed', payload: { status: 'ACTIVE' } }]);
    expect(await rig.subgraph.events(there.tenant.id)).toHaveLength(before);
  });
});

describe('vendor.describe', () => {
  it('leaves out what does not exist', async () => {
    const market = rig.market();
    expect(await describe1(market, newId('ven'))).toBeUndefined();
  });
});
