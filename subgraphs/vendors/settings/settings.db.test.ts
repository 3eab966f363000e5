import { vendorDescribe } from '@haat/schema/asks/vendors';
import { systemViewer } from '@haat/kit/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VendorsRig, type Market } from '../testing/vendors-rig.js';

let rig: VendorsRig;
beforeAll(async () => { rig = await VendorsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const settings = '... on Vendor { name openNow minimumOrder { minor currency } settings { holiday { from until } minimumOrder { minor } acceptsAfterHours billingAddress { city } returnsAddress { city } contactEmail } }';
const payout = '... on Vendor { payoutSettings { interval minimum { minor } accountReference } }';
const described = async (market: Market, id: string) => (await rig.subgraph.put({ tenant: market.tenant, viewer: systemViewer }, vendorDescribe, { vendorIds: [id] })).vendors[0];
const hour = 3_600_000;

describe('changeStoreSettings', () => {
  it('changes what is named, keeps the rest, takes away what is null, and says the vendor anew [VEN-03]', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    const address = { line1: 'House 1', city: 'Dhaka', country: 'BD' };
    const changed = await rig.mutate(owner, 'changeStoreSettings', { vendorId: id, name: 'Other Crafts', minimumOrder: { minor: 50_000, currency: 'BDT' }, acceptsAfterHours: 24, billingAddress: address, returnsAddress: address, contactEmail: 'a@crafts.example' }, settings);
    expect(changed).toMatchObject({ name: 'Other Crafts', minimumOrder: { minor: 50_000, currency: 'BDT' }, settings: { acceptsAfterHours: 24, billingAddress: { city: 'Dhaka' }, holiday: null, contactEmail: 'a@crafts.example' } });
    expect(await described(market, id)).toMatchObject({ name: 'Other Crafts', minimumOrderMinor: 50_000, acceptsAfterHours: 24 });
    expect(await rig.mutate(owner, 'changeStoreSettings', { vendorId: id, minimumOrder: null, returnsAddress: null }, settings)).toMatchObject({ name: 'Other Crafts', minimumOrder: null, settings: { acceptsAfterHours: 24, billingAddress: {}, returnsAddress: null } });
    expect((await rig.said(market, 'vendor-changed')).map((p) => [p['name'], p['minimumOrderMinor']])).toEqual([['Some Crafts', undefined], ['Some Crafts', undefined], ['Other Crafts', 50_000], ['Other Crafts', undefined]]);
    expect(JSON.stringify(await rig.subgraph.events(market.tenant.id))).not.toContain('a@crafts.example');
  });

  it('closes a vendor for a holiday at once, and opens it again when it ends [VEN-03]', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    const until = new Date(rig.clock.now().getTime() + hour);
    expect(await rig.mutate(owner, 'changeStoreSettings', { vendorId: id, holiday: { until } }, settings)).toMatchObject({ openNow: false, settings: { holiday: { until: until.toISOString() } } });
    expect(await described(market, id)).toMatchObject({ openNow: false, whyClosed: 'ON_HOLIDAY' });
    rig.clock.advance(hour);
    expect(await described(market, id)).toMatchObject({ openNow: true });
    await rig.subgraph.runJob('turn-holidays');
    await rig.subgraph.runJob('turn-holidays');
    expect((await rig.said(market, 'vendor-changed')).map((p) => p['openNow'])).toEqual([false, true, false, true]);
  });

  it('says so when a planned holiday begins, and when it is ended before its time [VEN-03]', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    const from = new Date(rig.clock.now().getTime() + hour);
    expect(await rig.mutate(owner, 'changeStoreSettings', { vendorId: id, holiday: { from } }, settings)).toMatchObject({ openNow: true });
    await rig.subgraph.runJob('turn-holidays');
    rig.clock.advance(hour);
    await rig.subgraph.runJob('turn-holidays');
    expect(await rig.mutate(owner, 'changeStoreSettings', { vendorId: id, holiday: null }, settings)).toMatchObject({ openNow: true, settings: { holiday: null } });
    expect((await rig.said(market, 'vendor-changed')).map((p) => [p['openNow'], (p['holiday'] as { from: string } | undefined)?.from])).toEqual([[false, undefined], [true, undefined], [true, from.toISOString()], [false, from.toISOString()], [true, undefined]]);
  });

  it('refuses what will not do, by name', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    const change = (more: object) => rig.mutate(owner, 'changeStoreSettings', { vendorId: id, ...more });
    await expect(change({ minimumOrder: { minor: 1, currency: 'EUR' } })).rejects.toThrow(/^BAD_USER_INPUT: .*minimumOrder.currency: expected BDT/);
    await expect(change({ minimumOrder: { minor: -1, currency: 'BDT' }, acceptsAfterHours: 0, contactEmail: 'x' })).rejects.toThrow(/minimumOrder.minor.*acceptsAfterHours.*contactEmail/);
    await expect(change({ billingAddress: { line1: 'x', country: 'SE' } })).rejects.toThrow(/billingAddress.city.*billingAddress.postalCode/);
    await expect(change({ holiday: { until: rig.clock.now() } })).rejects.toThrow(/input.holiday.until/);
  });

  it('is for operators and for members with the right, at their own vendor; of a closed one nothing changes', async () => {
    const [market, there] = [rig.market(), rig.market()];
    const [own, other] = [await rig.approved(market), await rig.approved(market)];
    const staff = rig.person(market, [{ id: own.id, grants: ['orders.manage'] }]);
    for (const asker of [other.owner, staff]) await expect(rig.mutate(asker, 'changeStoreSettings', { vendorId: own.id, name: 'Mine' })).rejects.toThrow(/^FORBIDDEN/);
    await expect(rig.mutate(market.guest, 'changeStoreSettings', { vendorId: own.id, name: 'Mine' })).rejects.toThrow(/^UNAUTHENTICATED/);
    await expect(rig.mutate(there.operator, 'changeStoreSettings', { vendorId: own.id, name: 'Mine' })).rejects.toThrow(/^NOT_FOUND/);
    expect(await rig.mutate(market.operator, 'changeStoreSettings', { vendorId: own.id, name: 'Ours' }, settings)).toMatchObject({ name: 'Ours' });
    const read = (asker: typeof market.guest) => rig.read<{ vendor: object }>(asker, `{ vendor(id: "${own.id}") { settings { contactEmail } payoutSettings { interval } members { id } } }`);
    for (const asker of [market.guest, other.owner]) expect(await read(asker)).toEqual({ vendor: { settings: null, payoutSettings: null, members: null } });
    expect(await read(staff)).toMatchObject({ vendor: { settings: {}, payoutSettings: null, members: [{}] } });
    await rig.mutate(market.operator, 'closeVendor', { vendorId: own.id, reason: 'x' });
    for (const field of ['changeStoreSettings', 'changePayoutSettings']) expect(await rig.mutate(market.operator, field, { vendorId: own.id })).toMatchObject({ __typename: 'VendorStatusConflict' });
  });
});

describe('changePayoutSettings', () => {
  it('keeps how, from which amount and where a vendor is paid, for those who look after payouts [VEN-05]', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    const accountant = rig.person(market, [{ id, grants: ['payouts.manage'] }]);
    expect(await rig.mutate(accountant, 'changePayoutSettings', { vendorId: id, interval: 'MONTHLY', minimum: { minor: 100_000, currency: 'BDT' }, accountReference: 'acct_1A2b' }, payout)).toMatchObject({ payoutSettings: { interval: 'MONTHLY', minimum: { minor: 100_000 }, accountReference: 'acct_1A2b' } });
    expect(await rig.mutate(owner, 'changePayoutSettings', { vendorId: id, minimum: null }, payout)).toMatchObject({ payoutSettings: { interval: 'MONTHLY', minimum: null, accountReference: 'acct_1A2b' } });
    expect(JSON.stringify(await rig.subgraph.events(market.tenant.id))).not.toContain('acct_1A2b');
    const manager = rig.person(market, [{ id, grants: ['settings.manage'] }]);
    await expect(rig.mutate(manager, 'changePayoutSettings', { vendorId: id, interval: 'DAILY' })).rejects.toThrow(/^FORBIDDEN/);
  });

  it.each(['SE4550000000058398257466', '5839825746', '4242 4242 4242 4242', ''])('takes no number of an account or card: %j', async (accountReference) => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    await expect(rig.mutate(owner, 'changePayoutSettings', { vendorId: id, accountReference })).rejects.toThrow(/^BAD_USER_INPUT: .*accountReference/);
  });
});

describe('setVendorMetadata', () => {
  it('shows private ones to tokens of the marketplace and of the vendor, and to no other vendor\'s', async () => {
    const market = rig.market();
    const [own, other] = [await rig.approved(market), await rig.approved(market)];
    await rig.mutate(market.operator, 'setVendorMetadata', { vendorId: own.id, entries: [{ key: 'erp', value: '17', isPrivate: true }, { key: 'badge', value: 'gold' }] });
    const keys = async (grants: string[], ...vendorIds: string[]) => {
      const viewer = { kind: 'TOKEN' as const, tokenId: 'tok_x', roles: ['PARTNER' as const], grants: vendorIds.length > 0 ? [] : grants, vendors: vendorIds.map((id) => ({ id, grants })) };
      const { vendor } = await rig.read<{ vendor: { metadata: { key: string }[] } }>({ tenant: market.tenant, viewer }, `{ vendor(id: "${own.id}") { metadata { key } } }`);
      return vendor.metadata.map(({ key }) => key);
    };
    expect(await keys(['orders.read'])).toEqual(['erp', 'badge']);
    expect(await keys(['orders.read'], own.id)).toEqual(['erp', 'badge']);
    expect(await keys(['*'], other.id)).toEqual(['badge']);
  });

  it('keeps facts of integrations, and shows private ones to operators only', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    const input = { vendorId: id, entries: [{ key: 'erp', value: '17', isPrivate: true }, { key: 'badge', value: 'gold' }] };
    expect(await rig.mutate(market.operator, 'setVendorMetadata', input, '... on Vendor { metadata { key value } }')).toMatchObject({ metadata: [{ key: 'erp' }, { key: 'badge' }] });
    expect(await rig.read(owner, `{ vendor(id: "${id}") { metadata { key value } } }`)).toEqual({ vendor: { metadata: [{ key: 'badge', value: 'gold' }] } });
    await expect(rig.mutate(owner, 'setVendorMetadata', input)).rejects.toThrow(/^FORBIDDEN/);
  });
});
