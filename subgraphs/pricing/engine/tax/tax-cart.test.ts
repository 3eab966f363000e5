import { describe, expect, it } from 'vitest';
import { priceCart } from '../price-cart.js';
import type { PricingLine } from '../pricing-input.js';
import type { TaxRules } from '../tax-rules.js';
import { aCartOf, aPromotion, aRate, theRules } from '../testing/a-cart.js';

type Goods = readonly (readonly [string, number, number, Partial<PricingLine>?])[];
const taxesOf = (goods: Goods, tax: TaxRules): number[] => priceCart(aCartOf(goods, { tax })).lines.map(({ taxMinor }) => taxMinor);
const each = (...amounts: number[]): Goods => amounts.map((amount, index) => [`l${index}`, 1, amount]);
const inclusive = { pricesIncludeTax: true } as const;

describe('a tax', () => {
  it.each<[string, number, Partial<TaxRules>, number[], number[]]>([
    ['15 % on top', 150_000, {}, [999, 1, 1010, 1030], [150, 0, 152, 155]],
    ['15 % on top, half to even', 150_000, { rounding: 'HALF_EVEN' }, [999, 1, 1010, 1030], [150, 0, 152, 154]],
    ['15 % within', 150_000, inclusive, [1150, 999, 100, 1], [150, 130, 13, 0]],
    ['8.875 % on top', 88_750, {}, [1999, 4999], [177, 444]],
    ['2.6 % on top', 26_000, {}, [16_402], [426]],
    ['7 % on top, by the line', 70_000, {}, [333, 333, 333], [23, 23, 23]],
    ['7 % on top, by the rate', 70_000, { level: 'RATE_GROUP' }, [333, 333, 333], [24, 23, 23]],
  ])('of %s is rounded as the vectors say', (_, ppm, rules, amounts, taxes) => {
    expect(taxesOf(each(...amounts), theRules([aRate(ppm)], rules))).toEqual(taxes);
  });

  it('on 3 pieces of 108 at 19 % is 63 by the piece and 62 by the line', () => {
    expect(taxesOf([['a', 3, 108]], theRules([aRate(190_000)], { level: 'UNIT' }))).toEqual([63]);
    expect(taxesOf([['a', 3, 108]], theRules([aRate(190_000)]))).toEqual([62]);
  });

  it('by the rate is one sum per vendor, delivery and all', () => {
    const goods: Goods = [['a', 1, 333], ['b', 1, 333], ['c', 1, 333, { vendorId: 'B' }]];
    const { vendors } = priceCart(aCartOf(goods, { tax: theRules([aRate(70_000)], { level: 'RATE_GROUP' }), shipping: [{ vendorId: 'A', methodId: 'm', amountMinor: 333 }] }));
    expect(vendors.map(({ taxMinor, shippingTaxMinor }) => [taxMinor, shippingTaxMinor])).toEqual([[70, 23], [23, 0]]);
  });

  it('stands beside others, each on its own base, and compound on those before it', () => {
    const federal = aRate(50_000, { code: 'GST', name: 'GST' });
    const compound = aRate(99_750, { code: 'QST', name: 'QST', position: 1, isCompound: true });
    const half = aRate(100_000, { code: 'HALF', name: 'Half', position: 2, basePpm: 500_000 });
    const [line] = priceCart(aCartOf([['a', 1, 10_000]], { tax: theRules([half, compound, federal]) })).lines;
    expect(line?.taxes.map(({ name, baseMinor, amountMinor, included, reason }) => [name, baseMinor, amountMinor, included, reason])).toEqual([
      ['GST', 10_000, 500, false, 'STANDARD'], ['QST', 10_500, 1047, false, 'STANDARD'], ['Half', 5000, 500, false, 'STANDARD'],
    ]);
    expect(line?.totalMinor).toBe(12_047);
  });

  it('within a price is the same taxes taken out again', () => {
    const rates = [aRate(50_000, { code: 'GST' }), aRate(99_750, { code: 'QST', position: 1, isCompound: true }), aRate(100_000, { code: 'HALF', position: 2, basePpm: 500_000 })];
    for (const level of ['LINE', 'UNIT', 'RATE_GROUP'] as const) {
      const [line] = priceCart(aCartOf([['a', 1, 12_047]], { tax: theRules(rates, { ...inclusive, level }) })).lines;
      expect(line?.taxes.map(({ baseMinor, amountMinor }) => [baseMinor, amountMinor])).toEqual([[10_000, 500], [10_500, 1047], [5000, 500]]);
      expect([line?.netMinor, line?.totalMinor]).toEqual([10_000, 12_047]);
    }
  });

  it.each([2, 3, 4])('of many high rates never takes more than a price of %d holds', (minor) => {
    const rates = [1, 2, 3].map((n) => aRate(1_000_000, { code: `T${n}`, ruleId: `r${n}` }));
    for (const level of ['LINE', 'UNIT', 'RATE_GROUP'] as const) {
      const { lines } = priceCart(aCartOf(each(minor, 1, 1), { tax: theRules(rates, { ...inclusive, level }) }));
      for (const { netMinor, taxMinor, totalMinor } of lines) expect([netMinor >= 0, netMinor + taxMinor]).toEqual([true, totalMinor]);
    }
  });

  it('that is nothing says why', () => {
    const reasonAt = (country: string, rates: TaxRules['rates']): string | undefined => priceCart(aCartOf([['a', 1, 100]], { tax: theRules(rates), destination: { country, region: null, postalCode: null } })).lines[0]?.taxes[0]?.reason;
    expect(reasonAt('BD', [])).toBe('OUT_OF_SCOPE');
    expect(reasonAt('SE', [aRate(150_000)])).toBe('EXPORT');
    expect(reasonAt('BD', [aRate(0, { reason: 'EXEMPT' })])).toBe('EXEMPT');
    expect(reasonAt('BD', [aRate(0, { reason: 'ZERO_RATED' })])).toBe('ZERO_RATED');
  });

  it('counts by the most specific rule of its code', () => {
    const rates = [
      aRate(150_000), aRate(100_000, { region: 'DHA', ruleId: 'region' }), aRate(50_000, { region: 'DHA', postalPrefixes: ['12'], ruleId: 'postal' }),
      aRate(0, { buyerKinds: ['COMPANY'], reason: 'REVERSE_CHARGE', ruleId: 'company' }), aRate(990_000, { until: new Date(0), region: 'DHA', ruleId: 'over' }), aRate(10_000, { code: 'CITY', region: 'DHA', ruleId: 'city' }),
    ];
    const taxesAt = (region: string | null, postalCode: string | null, kind: 'PERSON' | 'COMPANY' = 'PERSON') => {
      const cart = aCartOf([['a', 1, 1000]], { tax: theRules(rates), destination: { country: 'BD', region, postalCode } });
      return priceCart({ ...cart, buyer: { ...cart.buyer, kind } }).lines[0]?.taxes.map(({ amountMinor, reason }) => `${amountMinor} ${reason}`);
    };
    expect(taxesAt(null, null)).toEqual(['150 STANDARD']);
    expect(taxesAt('DHA', '1300')).toEqual(['10 STANDARD', '100 STANDARD']);
    expect(taxesAt('DHA', '1207')).toEqual(['10 STANDARD', '50 STANDARD']);
    expect(taxesAt(null, null, 'COMPANY')).toEqual(['0 REVERSE_CHARGE']);
  });

  it.each<[string, string, string | null, string | null]>([
    ['NY', '', 'ny', null], ['NY', '', ' N.Y. ', null], ['ＮＹ', '', 'NY', null], ['New York', '', 'NEW  YORK', null],
    ['', 'SW', null, 'sw1a 1aa'], ['', '11455', null, '114 55'], ['', '114 5', null, '11455'], ['', '94103-12', null, '94103‐1234'], ['', 'sw1a1', null, 'ＳＷ1A 1AA'],
  ])('of region "%s" and postal codes "%s" counts where an address spells them "%s" and "%s"', (region, prefix, asTyped, postalCode) => {
    const rate = aRate(100_000, { region: region || null, postalPrefixes: prefix === '' ? [] : [prefix] });
    expect(priceCart(aCartOf([['a', 1, 1000]], { tax: theRules([rate]), destination: { country: 'BD', region: asTyped, postalCode } })).lines[0]?.taxMinor).toBe(100);
  });

  it('of a region or postal codes does not count elsewhere, nor where nobody said', () => {
    const taxAt = (rate: Partial<TaxRules['rates'][number]>, region: string | null, postalCode: string | null) =>
      priceCart(aCartOf([['a', 1, 1000]], { tax: theRules([aRate(100_000, rate)]), destination: { country: 'BD', region, postalCode } })).lines[0]?.taxMinor;
    expect([taxAt({ region: 'ঢাকা' }, 'ঢাক', null), taxAt({ region: 'NY' }, null, null), taxAt({ postalPrefixes: ['12'] }, null, '2112'), taxAt({ postalPrefixes: ['12'] }, null, null), taxAt({ postalPrefixes: ['-'] }, null, '1207')]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('delivery', () => {
  const rates = [aRate(200_000), aRate(50_000, { taxClass: 'food', ruleId: 'food' })];
  const goods: Goods = [['a', 1, 3000], ['b', 1, 1000, { taxClass: 'food' }]];
  const shipping = [{ vendorId: 'A', methodId: 'post', amountMinor: 1000 }];

  it('is taxed by its own class', () => {
    const { vendors } = priceCart(aCartOf(goods, { shipping, tax: theRules(rates, { shipping: { kind: 'OWN_CLASS', taxClass: 'food' } }) }));
    expect(vendors[0]).toMatchObject({ shippingMinor: 1000, shippingNetMinor: 1000, shippingTaxMinor: 50 });
  });

  it('is taxed as the goods are, in proportion', () => {
    const { vendors, totals } = priceCart(aCartOf(goods, { shipping, tax: theRules(rates, { shipping: { kind: 'PROPORTIONAL' } }) }));
    expect(vendors[0]?.shippingTaxes.map(({ ratePpm, baseMinor, amountMinor }) => [ratePpm, baseMinor, amountMinor])).toEqual([[200_000, 750, 150], [50_000, 250, 13]]);
    expect(totals.totalMinor).toBe(4000 + 600 + 50 + 1000 + 163);
  });

  it('is not taxed before it is chosen', () => {
    expect(priceCart(aCartOf(goods, { tax: theRules(rates) })).vendors[0]).toMatchObject({ methodId: null, shippingTaxes: [], shippingTaxMinor: 0 });
  });
});

describe('a price that holds the tax, abroad', () => {
  const rates = [aRate(250_000), aRate(190_000, { country: 'DE', jurisdiction: 'DE', ruleId: 'de' })];
  const cartTo = (country: string, abroad: TaxRules['abroad']) => priceCart(aCartOf([['a', 2, 12_500]], {
    tax: theRules(rates, { ...inclusive, abroad }), destination: { country, region: null, postalCode: null }, shipping: [{ vendorId: 'A', methodId: 'post', amountMinor: 1250 }],
    promotions: [aPromotion('fix', [{ kind: 'FIXED_PRICE', priceMinor: 6250, target: null }])],
  }));

  it('stays, and the seller earns less or more', () => {
    expect(cartTo('DE', 'KEEP_GROSS').lines[0]).toMatchObject({ unitPriceMinor: 12_500, totalMinor: 12_500, taxMinor: 1996, netMinor: 10_504 });
    expect(cartTo('US', 'KEEP_GROSS').lines[0]).toMatchObject({ totalMinor: 12_500, taxMinor: 0, netMinor: 12_500 });
  });

  it('is made anew from what the seller earns', () => {
    const cart = cartTo('DE', 'KEEP_NET');
    expect(cart.lines[0]).toMatchObject({ basePriceMinor: 12_500, unitPriceMinor: 11_900, subtotalMinor: 23_800, discountMinor: 11_900, totalMinor: 11_900, netMinor: 10_000, taxMinor: 1900 });
    expect(cart.vendors[0]).toMatchObject({ shippingMinor: 1190, shippingTaxMinor: 190 });
    expect(cartTo('US', 'KEEP_NET').totals).toMatchObject({ subtotalMinor: 20_000, discountMinor: 10_000, shippingMinor: 1000, taxMinor: 0, totalMinor: 11_000 });
    expect(cartTo('BD', 'KEEP_NET').lines[0]).toMatchObject({ unitPriceMinor: 12_500, totalMinor: 12_500 });
  });
});
