import { commissionQuote } from '@haat/schema/asks/vendors';
import { systemViewer } from '@haat/kit/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VendorsRig, type Market } from '../testing/vendors-rig.js';

let rig: VendorsRig;
beforeAll(async () => { rig = await VendorsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const settings = '... on CommissionSettings { version taxRatePpm shippingRatePpm takenOf rules { id name ratePpm vendorIds categoryIds fixed { minor } min { minor } priceTo { minor currency } } } ... on CommissionRulesChanged { settings { version } }';
const set = (market: Market, input: Record<string, unknown>) => rig.mutate(market.operator, 'setCommissionRules', input, settings);
const sold = (vendorId: string, netMinor: number, more: object = {}) => ({ lineId: `${vendorId}-${netMinor}`, vendorId, productId: 'prod_1', categoryPaths: [['cat_top', 'cat_leaf']], quantity: 1, netMinor, grossMinor: netMinor, ...more });
const quote = ({ tenant }: Market, lines: ReturnType<typeof sold>[], currency = tenant.currency) => rig.subgraph.put({ tenant }, commissionQuote, { currency, lines, shipping: [{ vendorId: 'ven_a', netMinor: 6_000, grossMinor: 6_900 }] });

describe('commission.quote', () => {
  it('answers the worked order: A 3600 + 446 = 4046 and VAT 607, B 360 and VAT 54 [VEN-04]', async () => {
    const market = rig.market();
    await set(market, { taxRatePpm: 150_000, rules: [{ name: 'All', ratePpm: 100_000 }] });
    const { lines, vendors } = await quote(market, [sold('ven_a', 35_998, { quantity: 2 }), sold('ven_a', 4_455), sold('ven_b', 3_599, { quantity: 3 })]);
    expect(lines.map(({ amountMinor, taxMinor }) => [amountMinor, taxMinor])).toEqual([[3_600, 540], [446, 67], [360, 54]]);
    expect(vendors).toMatchObject([{ vendorId: 'ven_a', netMinor: 4_046, taxRatePpm: 150_000, taxMinor: 607 }, { vendorId: 'ven_b', netMinor: 360, taxMinor: 54 }]);
  });

  it('goes by the first rule that matches, of this marketplace only, and by none is nothing [VEN-04, TEN-08]', async () => {
    const [market, there] = [rig.market(), rig.market()];
    await set(market, { rules: [
      { name: 'Books', categoryIds: ['cat_top'], vendorIds: ['ven_b'], ratePpm: 50_000 },
      { name: 'Cheap', priceTo: { minor: 1_000, currency: 'BDT' }, ratePpm: 0, fixed: { minor: 25, currency: 'BDT' } },
      { name: 'Rest', ratePpm: 120_000, min: { minor: 100, currency: 'BDT' } },
    ] });
    const amounts = async (where: Market) => (await quote(where, [sold('ven_b', 2_000), sold('ven_a', 999), sold('ven_a', 1_000, { quantity: 2 }), sold('ven_a', 5_000)])).lines.map(({ ratePpm, amountMinor }) => [ratePpm, amountMinor]);
    expect(await amounts(market)).toEqual([[50_000, 100], [0, 25], [0, 50], [120_000, 600]]);
    expect(await amounts(there)).toEqual(Array(4).fill([0, 0]));
    expect((await quote(there, [sold('ven_a', 10)])).lines[0]?.ruleId).toBeNull();
  });

  it('refuses another currency than the marketplace\'s', async () => {
    const market = rig.market();
    await expect(quote(market, [], 'EUR')).rejects.toThrow(/currency: expected BDT/);
    expect(await rig.subgraph.put({ tenant: { ...market.tenant, currency: 'XXX' }, viewer: systemViewer }, commissionQuote, { currency: 'BDT', lines: [], shipping: [] })).toEqual({ lines: [], vendors: [] });
  });
});

describe('setCommissionRules', () => {
  it('replaces all rules, keeps the ids of those that stay, keeps terms left out, and says them [VEN-04]', async () => {
    const market = rig.market();
    const first = await set(market, { taxRatePpm: 150_000, takenOf: 'GROSS', rules: [{ name: 'One', ratePpm: 1 }, { name: 'Two', ratePpm: 2 }] });
    const [one, two] = first['rules'] as { id: string }[];
    const second = await set(market, { rules: [{ name: 'Three', ratePpm: 3 }, { id: two?.id, name: 'Two, dearer', ratePpm: 20 }, { id: two?.id, name: 'Twice', ratePpm: 4 }], shippingRatePpm: 5 });
    const ids = (second['rules'] as { id: string }[]).map(({ id }) => id);
    expect(second).toMatchObject({ version: 2, taxRatePpm: 150_000, takenOf: 'GROSS', shippingRatePpm: 5, rules: [{ name: 'Three' }, { id: two?.id, name: 'Two, dearer' }, { name: 'Twice' }] });
    expect(new Set([...ids, one?.id]).size).toBe(4);
    expect((await rig.said(market, 'commission-rules-changed')).map((p) => [p['taxRatePpm'], (p['rules'] as { name: string }[]).map(({ name }) => name)])).toEqual([[150_000, ['One', 'Two']], [150_000, ['Three', 'Two, dearer', 'Twice']]]);
    expect(await rig.read(market.operator, '{ commissionSettings { version rules { name } } }')).toMatchObject({ commissionSettings: { version: 2, rules: [{ name: 'Three' }, {}, {}] } });
  });

  it('lets one of several who read the same win', async () => {
    const market = rig.market();
    const outcomes = await Promise.all([1, 2, 3].map((ratePpm) => set(market, { expectedVersion: 0, rules: [{ name: 'One', ratePpm }] })));
    expect(outcomes.map((o) => o.__typename).sort()).toEqual(['CommissionRulesChanged', 'CommissionRulesChanged', 'CommissionSettings']);
    expect(outcomes.find((o) => o.__typename === 'CommissionRulesChanged')).toMatchObject({ settings: { version: 1 } });
  });

  it('names what will not do, and is for operators', async () => {
    const market = rig.market();
    const money = (minor: number, currency = 'BDT') => ({ minor, currency });
    await expect(set(market, { rules: [{ name: ' ', ratePpm: 1_000_001, priceFrom: money(5), priceTo: money(5), min: money(2), max: money(1) }] })).rejects.toThrow(/name.*ratePpm/);
    await expect(set(market, { rules: [{ name: 'One', ratePpm: 1, priceFrom: money(5), priceTo: money(5), min: money(2), max: money(1) }] })).rejects.toThrow(/priceTo.*max/);
    await expect(set(market, { rules: [{ name: 'One', ratePpm: 1, fixed: money(5, 'EUR') }] })).rejects.toThrow(/rules.0.fixed.currency: expected BDT/);
    const { owner } = await rig.approved(market);
    for (const [asker, code] of [[owner, 'FORBIDDEN'], [market.guest, 'UNAUTHENTICATED']] as const) {
      await expect(rig.mutate(asker, 'setCommissionRules', { rules: [] })).rejects.toThrow(code);
      await expect(rig.read(asker, '{ commissionSettings { version } }')).rejects.toThrow(code);
    }
  });
});
