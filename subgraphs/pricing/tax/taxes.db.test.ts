import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PricingRig, type Market } from '../testing/pricing-rig.js';

let rig: PricingRig;
beforeAll(async () => { rig = await PricingRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const save = (market: Market, what: string, input: Record<string, unknown>, select = '') => rig.mutate(market.operator, `saveTax${what}`, input, select);
const to = (country: string) => ({ destination: { country, region: null, city: null, district: null, postalCode: null } });

/** Bangladesh: prices without tax, 15 %, food 5 %. */
async function dhaka(): Promise<Market> {
  const market = rig.market({ currency: 'BDT', timeZone: 'Asia/Dhaka' });
  const settings = { homeCountry: 'BD', pricesIncludeTax: false, shippingTaxClass: 'standard' };
  expect(await save(market, 'Settings', settings, '... on TaxClassUnknown { key }')).toMatchObject({ key: 'standard' });
  for (const [key, ratePpm, reason] of [['standard', 150_000, 'STANDARD'], ['reduced', 50_000, 'REDUCED'], ['zero', 0, 'ZERO_RATED']] as const) {
    await save(market, 'Class', { key, name: key });
    await save(market, 'Rate', { code: 'VAT', taxClass: key, country: 'BD', name: `VAT ${ratePpm / 10_000} %`, ratePpm, reason });
  }
  await save(market, 'Settings', settings);
  return market;
}

describe('taxes', () => {
  it('that prices do not hold are added line by line, with why a zero is zero [PRC-08]', async () => {
    const market = await dhaka();
    const goods = await Promise.all([['standard', 19_999], ['reduced', 10_000], ['zero', 5_000]].map(([taxClass, minor]) => rig.priced(market, Number(minor), { taxClass: String(taxClass) })));
    const { lines, totals, taxIncluded } = await rig.quote(market.shopper, goods.map((one) => [one, 1] as const));
    expect([lines.map(({ taxMinor }) => taxMinor), totals.totalMinor, taxIncluded]).toEqual([[3_000, 500, 0], 38_499, false]);
    expect(lines[2]?.taxes).toMatchObject([{ amountMinor: 0, reason: 'ZERO_RATED', jurisdiction: 'BD' }]);
    expect((await rig.quote(market.shopper, [[goods[0] as never, 1]], to('SE'))).lines[0]?.taxes).toMatchObject([{ amountMinor: 0, reason: 'EXPORT' }]);
  });

  it('agree with the worked order [PRC-08]', async () => {
    const market = await dhaka();
    const a = await rig.priced(market, 19_999);
    const [a2, b] = [await rig.priced(market, 4_950, { vendorId: a.vendorId }), await rig.priced(market, 1_333)];
    await rig.mutate(market.operator, 'createPromotion', { name: '10 %', class: 'ORDER', effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }] });
    const shipping = [{ vendorId: a.vendorId, methodId: 'm', amountMinor: 6_000 }, { vendorId: b.vendorId, methodId: 'm', amountMinor: 8_000 }];
    const { totals, vendors } = await rig.quote(market.shopper, [[a, 2], [a2, 1], [b, 3]], { shipping });
    expect([vendors.map(({ totalMinor }) => totalMinor), totals.totalMinor]).toEqual([[53_421, 13_339], 66_760]);
  });

  it('that prices hold change nothing to pay, and the price says that they are in it [PRC-08]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 12_500);
    await save(market, 'Class', { key: 'standard', name: 'Standard' });
    await save(market, 'Settings', { homeCountry: 'SE', pricesIncludeTax: true });
    const { id } = await save(market, 'Rate', { code: 'MOMS', taxClass: 'standard', country: 'SE', name: 'Moms 25 %', ratePpm: 250_000 }, '... on TaxRate { id }');
    const quoted = await rig.quote(market.shopper, [[goods, 1]]);
    expect([quoted.totals.totalMinor, quoted.totals.taxMinor, quoted.lines[0]?.netMinor]).toEqual([12_500, 2_500, 10_000]);
    await save(market, 'Rate', { taxRateId: id, code: 'MOMS', taxClass: 'standard', country: 'SE', name: 'Moms 12 %', ratePpm: 120_000, reason: 'REDUCED' });
    expect((await rig.quote(market.shopper, [[goods, 1]])).totals.taxMinor).toBe(1_339);
    await save(market, 'Settings', { homeCountry: 'SE', pricesIncludeTax: false });
    await rig.runJobs();
    expect((await rig.said(market, 'price-changed')).map(({ price }) => (price as { taxIncluded: boolean }).taxIncluded)).toEqual([true, false]);
  });

  it('of a region are escaped by no way of writing it: by its names it is taxed, and by none of them it is asked for [PRC-08]', async () => {
    const market = await dhaka();
    const goods = await rig.priced(market, 10_000);
    const rate = { code: 'SALES', taxClass: 'standard', country: 'US', region: 'NY', name: 'Sales tax', ratePpm: 80_000 };
    await expect(save(market, 'Rate', { ...rate, region: null, regionNames: ['New York'] })).rejects.toThrow(/^BAD_USER_INPUT: .*regionNames/);
    const { id } = await save(market, 'Rate', rate, '... on TaxRate { id }');
    const at = async (region: string | null) => {
      const { totals: { taxMinor }, regionsExpected } = await rig.quote(market.shopper, [[goods, 1]], { destination: { ...to('US').destination, region } });
      return [taxMinor, regionsExpected];
    };
    expect([await at('NY'), await at('US-NY'), await at('OR')]).toEqual([[800, []], [800, []], [0, []]]);
    expect([await at('New York'), await at(null)]).toEqual([[0, ['NY']], [0, ['NY']]]);
    expect(await save(market, 'Rate', { ...rate, taxRateId: id, regionNames: ['New York', 'New York State'] }, '... on TaxRate { regionNames }')).toMatchObject({ regionNames: ['New York', 'New York State'] });
    expect([await at('new york'), await at('Nueva York')]).toEqual([[800, []], [0, ['NY']]]);
  });

  it('are data that only operators write, each mistake named', async () => {
    const market = await dhaka();
    const rate = { code: 'VAT', taxClass: 'standard', country: 'BD', name: 'VAT', ratePpm: 150_000 };
    await expect(save(market, 'Rate', { ...rate, reason: 'EXEMPT' })).rejects.toThrow(/^BAD_USER_INPUT: .*input.reason/);
    expect(await save(market, 'Rate', { ...rate, taxClass: 'nothing' })).toMatchObject({ __typename: 'TaxClassUnknown' });
    expect(await save(rig.market(), 'Rate', rate)).toMatchObject({ __typename: 'TaxClassUnknown' });
    for (const asker of [market.shopper, market.merchant('ven_x')]) await expect(rig.mutate(asker, 'saveTaxRate', rate)).rejects.toThrow(/^FORBIDDEN/);
    const read = await rig.read<Record<string, { nodes: unknown[] }>>(market.operator, '{ taxClasses { nodes { key name } } taxRates { nodes { name reason } } }');
    expect([read['taxClasses']?.nodes.length, read['taxRates']?.nodes.length]).toEqual([3, 3]);
    expect(await rig.read(market.operator, '{ taxSettings { homeCountry pricesIncludeTax level rounding shippingTaxClass } }')).toEqual({ taxSettings: { homeCountry: 'BD', pricesIncludeTax: false, level: 'LINE', rounding: 'HALF_UP', shippingTaxClass: 'standard' } });
  });
});
