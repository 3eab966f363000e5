import { newId } from '@haat/kit/id';
import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shipping } from '../subgraph.js';
import { ShippingRig, type Market } from '../testing/shipping-rig.js';

let rig: ShippingRig;
let statements: StatementCount;
beforeAll(async () => {
  statements = countStatements();
  rig = await ShippingRig.start({}, { ...shipping, jobs: [] });
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  statements[Symbol.dispose]();
});

const taka = (minor: number) => ({ minor, currency: 'BDT' });
const dhaka = [{ country: 'BD', city: 'Dhaka' }];

async function zone(market: Market, name: string, areas: object[], more: { asker?: Market['merchant']; vendorId?: string; minor?: number; method?: Record<string, unknown> } = {}): Promise<string> {
  const asker = more.asker ?? market.operator;
  const { id } = await rig.mutate(asker, 'saveShippingZone', { name, areas, vendorId: more.vendorId });
  await rig.mutate(asker, 'saveShippingMethod', { zoneId: id, name, bands: [{ upToGrams: 1_000, price: taka(more.minor ?? 6_000) }], ...more.method });
  return String(id);
}

const groupFields = 'shippingOptions { method { id name bands { upToGrams } } price { minor } deliverBy vendorId } chosenShipping { price { minor } }';
async function groups(market: Market, representations: readonly Record<string, unknown>[]) {
  const r = representations.map((facts) => ({ __typename: 'CartGroup', id: newId('grp'), vendorId: market.vendorId, destination: { country: 'BD', city: 'Dhaka' }, subtotal: taka(10_000), chosenShippingMethodId: null, ...facts }));
  const { _entities } = await rig.read<{ _entities: ({ shippingOptions: { method: { id: string; name: string; bands: unknown }; price: { minor: number }; deliverBy: string | null }[] | null; chosenShipping: unknown } | null)[] }>(market.shopper, `query($r: [_Any!]!) { _entities(representations: $r) { ... on CartGroup { ${groupFields} } } }`, { r });
  return _entities;
}

describe('shipping.quote', () => {
  it('is the ways of the closest zone, a vendor\'s own before the marketplace\'s [SHP-01, SHP-04]', async () => {
    const market = rig.market();
    await zone(market, 'Bangladesh', [{ country: 'BD' }], { minor: 12_000 });
    await zone(market, 'Inside Dhaka', dhaka);
    expect(await rig.quote(market, [{}, {}], { city: 'dhaka' })).toEqual([[['Inside Dhaka', 6_000]], [['Inside Dhaka', 6_000]]]);
    expect(await rig.quote(market, [{}])).toEqual([[['Bangladesh', 12_000]]]);
    expect(await rig.quote(market, [{}], { country: 'SE' })).toEqual([[]]);
    await zone(market, 'By our van', [{ country: 'BD' }], { asker: market.merchant, vendorId: market.vendorId, minor: 0 });
    expect(await rig.quote(market, [{}, { vendorId: newId('ven') }], { city: 'Dhaka' })).toEqual([[['By our van', 0]], [['Inside Dhaka', 6_000]]]);
  });

  it('goes by weight, worth and kind of goods, and by nothing of another currency [SHP-02]', async () => {
    const market = rig.market();
    await zone(market, 'Small', dhaka, { method: { freeFrom: taka(50_000), perExtraKilo: taka(1_000) } });
    expect(await rig.quote(market, [{ weightGrams: 1_001 }, { subtotalMinor: 50_000 }, { weightGrams: null }], { city: 'Dhaka' })).toEqual([[['Small', 7_000]], [['Small', 0]], [['Small', 6_000]]]);
    const euros = { ...market, tenant: { ...market.tenant, currency: 'EUR' } };
    expect(await rig.quote(euros, [{}], { city: 'Dhaka' })).toEqual([[]]);
  });

  it('says what was saved last, and nothing that was switched off', async () => {
    const market = rig.market();
    const zoneId = await zone(market, 'Inside Dhaka', dhaka);
    const { shippingMethods: { nodes: [method] } } = await rig.read<{ shippingMethods: { nodes: { id: string }[] } }>(market.operator, '{ shippingMethods { nodes { id } } }');
    await rig.mutate(market.operator, 'saveShippingMethod', { methodId: method?.id, zoneId, name: 'Faster', bands: [{ price: taka(1) }], minDays: 1, maxDays: 2 });
    expect(await rig.quote(market, [{ weightGrams: 1e6 }], { city: 'Dhaka' })).toEqual([[['Faster', 1]]]);
    await rig.mutate(market.operator, 'saveShippingZone', { zoneId, name: 'Off', areas: dhaka, isActive: false });
    expect(await rig.quote(market, [{}], { city: 'Dhaka' })).toEqual([[]]);
  });
});

describe('zones and ways of delivery', () => {
  it('are set by operators for all, by merchants for their own vendor, and by nobody else', async () => {
    const market = rig.market();
    const mine = await zone(market, 'Mine', dhaka, { asker: market.merchant, vendorId: market.vendorId });
    const all = await zone(market, 'All', dhaka);
    const save = (asker: Market['merchant'], input: Record<string, unknown>) => rig.mutate(asker, 'saveShippingZone', { name: 'X', areas: dhaka, ...input });
    await expect(save(market.merchant, {})).rejects.toThrow('FORBIDDEN');
    await expect(save(market.merchant, { zoneId: all })).rejects.toThrow('NOT_FOUND');
    await expect(save(market.stranger, { vendorId: market.vendorId })).rejects.toThrow('FORBIDDEN');
    await expect(save(market.stranger, { zoneId: mine })).rejects.toThrow('NOT_FOUND');
    await expect(save(market.shopper, {})).rejects.toThrow('FORBIDDEN');
    await expect(save(rig.market().operator, { zoneId: all })).rejects.toThrow('NOT_FOUND');
    const list = (asker: Market['merchant'], vendorId?: string) => rig.read<{ shippingZones: { nodes: { name: string }[] } }>(asker, 'query($vendorId: ID) { shippingZones(vendorId: $vendorId) { nodes { name } } }', { vendorId });
    expect((await list(market.merchant, market.vendorId)).shippingZones.nodes.map(({ name }) => name).sort()).toEqual(['All', 'Mine']);
    expect((await list(market.operator)).shippingZones.nodes.map(({ name }) => name)).toEqual(['All']);
    await expect(list(market.stranger, market.vendorId)).rejects.toThrow('FORBIDDEN');
  });

  it('are refused where they make no sense, with where and why', async () => {
    const market = rig.market();
    const { id: zoneId } = await rig.mutate(market.operator, 'saveShippingZone', { name: 'Z', areas: dhaka });
    const save = (input: Record<string, unknown>) => rig.mutate(market.operator, 'saveShippingMethod', { zoneId, name: 'M', bands: [{ price: taka(1) }], ...input });
    await expect(rig.mutate(market.operator, 'saveShippingZone', { name: 'Z', areas: [] })).rejects.toThrow('areas');
    await expect(save({ bands: [{ price: taka(1) }, { upToGrams: 5, price: taka(1) }] })).rejects.toThrow('light to heavy');
    await expect(save({ bands: [{ price: taka(-1) }] })).rejects.toThrow('BAD_USER_INPUT');
    await expect(save({ freeFrom: { minor: 1, currency: 'EUR' } })).rejects.toThrow('expected BDT');
    await expect(save({ minDays: 3, maxDays: 2 })).rejects.toThrow('no fewer days');
    await expect(save({ carrier: 'pigeon' })).rejects.toThrow('carrier');
  });
});

describe('a cart\'s options', () => {
  it('are the same as the quote\'s, with the one that was chosen, and their bands hidden from shoppers [SHP-01]', async () => {
    const market = rig.market();
    await zone(market, 'Home', dhaka, { method: { maxDays: 2 } });
    const offerId = await rig.offer(market, 300);
    const lines = [{ offerId, quantity: 3 }];
    const [one] = await groups(market, [{ lines }]);
    expect(one?.shippingOptions).toEqual([{ method: { id: expect.any(String), name: 'Home', bands: null }, price: { minor: 6_000 }, deliverBy: '2026-01-03T00:00:00.000Z', vendorId: market.vendorId }]);
    expect(one?.chosenShipping).toBeNull();
    const id = one?.shippingOptions?.[0]?.method.id;
    expect((await groups(market, [{ lines, chosenShippingMethodId: id }]))[0]?.chosenShipping).toEqual({ price: { minor: 6_000 } });
    expect((await groups(market, [{ lines: [{ offerId, quantity: 4 }], chosenShippingMethodId: id }]))[0]).toEqual({ shippingOptions: [], chosenShipping: null });
  });

  it('weigh what is known to weigh something, though nobody knows it of one of the goods [SHP-02]', async () => {
    const market = rig.market();
    await zone(market, 'Home', dhaka, { method: { perExtraKilo: taka(1_000) } });
    const [heavy, unknown] = [{ offerId: await rig.offer(market, 2_500), quantity: 2 }, { offerId: await rig.offer(market), quantity: 3 }];
    const prices = (await groups(market, [{ lines: [heavy] }, { lines: [heavy, unknown] }, { lines: [unknown] }])).map((one) => one?.shippingOptions?.map(({ price }) => price.minor));
    expect(prices).toEqual([[10_000], [10_000], [6_000]]);
  });

  it('are null where the place or the worth is not known, and nothing at all for another marketplace\'s goods', async () => {
    const market = rig.market();
    await zone(market, 'Home', dhaka);
    const lines = [{ offerId: await rig.offer(market, 300), quantity: 1 }];
    const found = await groups(market, [{ lines, destination: null }, { lines, subtotal: null }, { lines: [{ offerId: newId('ofr'), quantity: 1 }] }, {}]);
    expect(found.map((one) => one && one.shippingOptions)).toEqual([null, null, null, null]);
    expect(found.map((one) => one === null)).toEqual([false, false, true, true]);
  });

  it('take as many statements for forty vendors as for two', async () => {
    const market = rig.market();
    await zone(market, 'Home', dhaka);
    const offerId = await rig.offer(market, 300);
    const load = (count: number) => statements.during(() => groups(market, Array.from({ length: count }, () => ({ vendorId: newId('ven'), lines: [{ offerId, quantity: 1 }] }))));
    await load(1);
    const [two, forty] = [await load(2), await load(40)];
    expect(forty).toBe(two);
  });
});
