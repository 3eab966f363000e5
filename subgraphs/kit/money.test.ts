import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from './allocate.js';
import { exponentOf, isCurrency } from './currencies.js';
import { minorColumn, Money } from './money.js';
import { roundDiv, type Rounding } from './round-div.js';
import { netOf, taxOf } from './tax.js';

const vat = { ppm: 150_000, included: false };
const vatIncluded = { ppm: 150_000, included: true };
const sum = (parts: readonly number[]): number => parts.reduce((s, p) => s + p, 0);
const modes = fc.constantFrom<Rounding>('HALF_UP', 'HALF_EVEN', 'HALF_DOWN');

describe('roundDiv', () => {
  it.each<[number, number, Rounding, number]>([
    [5, 10, 'HALF_UP', 1], [15, 10, 'HALF_UP', 2], [-5, 10, 'HALF_UP', -1], [5, -10, 'HALF_UP', -1], [-5, -10, 'HALF_UP', 1], [4, 10, 'HALF_UP', 0],
    [5, 10, 'HALF_EVEN', 0], [15, 10, 'HALF_EVEN', 2], [25, 10, 'HALF_EVEN', 2], [-25, 10, 'HALF_EVEN', -2], [26, 10, 'HALF_EVEN', 3],
    [5, 10, 'HALF_DOWN', 0], [15, 10, 'HALF_DOWN', 1], [-15, 10, 'HALF_DOWN', -1], [16, 10, 'HALF_DOWN', 2],
  ])('%d / %d in %s is %d', (n, d, mode, answer) => {
    expect(roundDiv(n, d, mode)).toBe(answer);
  });

  it('is exact beyond what a float can multiply, never minus zero, and refuses what is not whole', () => {
    expect(roundDiv(BigInt(Number.MAX_SAFE_INTEGER) * 999_999n, 1_000_000n)).toBe(9007190247541736);
    expect(Object.is(roundDiv(-1, 10), 0)).toBe(true);
    for (const [n, d] of [[1, 0], [1.5, 1], [1, 0.5], [Number.NaN, 1], [2n ** 60n, 1n]] as const) expect(() => roundDiv(n, d)).toThrow();
  });

  it('lies within a half of the exact quotient, and mirrors around zero', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 2_000_000 }), modes, (n, d, mode) => {
      const twiceOff = (BigInt(roundDiv(n, d, mode)) * BigInt(d) - BigInt(n)) * 2n;
      expect(twiceOff <= BigInt(d) && twiceOff >= -BigInt(d)).toBe(true);
      expect(roundDiv(-n, d, mode) + roundDiv(n, d, mode)).toBe(0);
    }));
  });
});

describe('allocate', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [1000, [3333, 3333, 3334], [333, 333, 334]],
    [999, [1999, 4999, 1], [285, 714, 0]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [4, [10, 10, 10, 10, 10, 10, 10], [1, 1, 1, 1, 0, 0, 0]],
    [10, [0, 0, 0], [4, 3, 3]],
    [0, [1, 2], [0, 0]],
    [7, [0, 5], [0, 7]],
    [4895, [39_998, 4950, 3999], [4000, 495, 400]],
    [70, [333, 333, 333], [24, 23, 23]],
  ])('%d by %j is %j', (total, weights, parts) => {
    expect(allocate(total, weights)).toEqual(parts);
  });

  it('holds its guarantees for every amount and weights', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 40 }), (total, weights) => {
      const parts = allocate(total, weights);
      const effective = weights.some((w) => w > 0) ? weights : weights.map(() => 1);
      const whole = effective.reduce((s, w) => s + BigInt(w), 0n);
      expect(parts.reduce((s, p) => s + BigInt(p), 0n)).toBe(BigInt(total));
      parts.forEach((part, i) => {
        const off = BigInt(part) * whole - BigInt(total) * BigInt(effective[i] ?? 0);
        expect(off < whole && off > -whole).toBe(true);
        expect(Object.is(part, -0)).toBe(false);
        if (BigInt(Math.abs(total)) <= whole) expect(Math.abs(part)).toBeLessThanOrEqual(effective[i] ?? 0);
      });
      expect(allocate(-total, weights).map((p) => p + 0)).toEqual(parts.map((p) => 0 - p));
    }));
  });

  it('refuses what cannot be split', () => {
    expect(allocate(0, [])).toEqual([]);
    for (const [total, weights] of [[1, []], [1, [-1, 2]], [1.5, [1]], [1, [0.5]]] as const) expect(() => allocate(total, weights)).toThrow();
  });
});

describe('tax', () => {
  it.each([[999, 150], [1, 0], [1010, 152], [1030, 155]])('15 per cent on %d is %d', (net, tax) => expect(taxOf(net, vat)).toBe(tax));
  it.each([[1010, 152], [1030, 154]])('15 per cent on %d is %d, half to even', (net, tax) => expect(taxOf(net, { ...vat, mode: 'HALF_EVEN' })).toBe(tax));
  it.each([[1150, 150], [999, 130], [100, 13], [1, 0]])('15 per cent within %d is %d', (gross, tax) => {
    expect(taxOf(gross, vatIncluded)).toBe(tax);
    expect(netOf(gross, vatIncluded)).toBe(gross - tax);
  });
  it.each([[1999, 177], [4999, 444]])('8.875 per cent on %d is %d', (net, tax) => expect(taxOf(net, { ppm: 88_750, included: false })).toBe(tax));

  it('differs by the level it is rounded at', () => {
    const at19 = { ppm: 190_000, included: false };
    expect(taxOf(108, at19) * 3).toBe(63);
    expect(taxOf(108 * 3, at19)).toBe(62);
    const at7 = { ppm: 70_000, included: false };
    expect(taxOf(333, at7) * 3).toBe(69);
    expect(allocate(taxOf(999, at7), [333, 333, 333])).toEqual([24, 23, 23]);
    expect(taxOf(16_402, { ppm: 26_000, included: false })).toBe(426);
    expect(netOf(108, at19)).toBe(108);
  });

  it('refunds a line unit by unit to its exact total', () => {
    const upTo = (units: number): number => roundDiv(1000 * units, 3);
    expect([1, 2, 3].map((k) => upTo(k) - upTo(k - 1))).toEqual([333, 334, 333]);
  });

  it('adds up the worked order of two vendors', () => {
    const gross = [2 * 19_999, 4950, 3 * 1333];
    const coupon = allocate(roundDiv(sum(gross), 10), gross);
    const nets = gross.map((g, i) => g - (coupon[i] ?? 0));
    const taxes = nets.map((net) => taxOf(net, vat));
    expect([sum(gross), coupon, nets, taxes]).toEqual([48_947, [4000, 495, 400], [35_998, 4455, 3599], [5400, 668, 540]]);
    const a = sum(nets.slice(0, 2)) + sum(taxes.slice(0, 2)) + 6000 + taxOf(6000, vat);
    const b = sum(nets.slice(2)) + sum(taxes.slice(2)) + 8000 + taxOf(8000, vat);
    expect([a, b, a + b]).toEqual([53_421, 13_339, 66_760]);
  });

  it('net and tax make the gross, within and on top', () => {
    fc.assert(fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 1_000_000 }), modes, (minor, ppm, mode) => {
      const rate = { ppm, included: true, mode };
      expect(netOf(minor, rate) + taxOf(minor, rate)).toBe(minor);
      expect(Math.abs(taxOf(minor, rate))).toBeLessThanOrEqual(Math.abs(minor));
    }));
  });
});

describe('Money', () => {
  const bdt = (minor: number): Money => Money.of(minor, 'BDT');

  it('adds, subtracts, multiplies and splits within one currency', () => {
    expect(bdt(100).add(bdt(50)).subtract({ minor: 1, currency: 'BDT' }).multiply(3)).toEqual(bdt(447));
    expect(bdt(100).allocate([1, 1, 1])).toEqual([bdt(34), bdt(33), bdt(33)]);
    expect(Money.sum([bdt(1), bdt(2)], 'BDT')).toEqual(bdt(3));
    expect(Money.sum([], 'EUR')).toEqual(Money.zero('EUR'));
    expect([bdt(2).equals(bdt(2)), bdt(2).equals(bdt(3)), bdt(2).equals(Money.of(2, 'EUR'))]).toEqual([true, false, false]);
    expect(Object.is(bdt(0).negate().minor, 0)).toBe(true);
    expect(JSON.parse(JSON.stringify(bdt(5)))).toEqual({ minor: 5, currency: 'BDT' });
  });

  it('refuses to mix currencies', () => {
    const eur = Money.of(1, 'EUR');
    for (const work of [() => bdt(1).add(eur), () => bdt(1).subtract(eur), () => Money.sum([eur], 'BDT')]) expect(work).toThrow(/two currencies/);
  });

  it('refuses to go beyond 2^53 − 1, and what is not whole or no currency', () => {
    const most = bdt(Number.MAX_SAFE_INTEGER);
    for (const work of [() => most.add(bdt(1)), () => most.negate().subtract(bdt(1)), () => most.multiply(2)]) expect(work).toThrow(/expected an amount within/);
    expect(most.add(bdt(-1)).minor).toBe(Number.MAX_SAFE_INTEGER - 1);
    for (const work of [() => bdt(0.5), () => bdt(2 ** 53), () => bdt(1).multiply(0.5), () => Money.of(1, 'XXX'), () => Money.of(1, 'constructor')]) expect(work).toThrow();
  });

  it.each([
    [1250, 'BDT', '12.50'], [5, 'EUR', '0.05'], [-5, 'EUR', '-0.05'], [0, 'EUR', '0.00'], [1250, 'JPY', '1250'], [-1, 'JPY', '-1'],
    [1250, 'KWD', '1.250'], [7, 'TND', '0.007'], [12_345, 'CLF', '1.2345'], [Number.MAX_SAFE_INTEGER, 'USD', '90071992547409.91'],
  ])('%d minor units of %s read %s, and back', (minor, currency, text) => {
    expect(Money.of(minor, currency).decimal).toBe(text);
    expect(Money.parse(text, currency)).toEqual(Money.of(minor, currency));
  });

  it('reads every decimal text it writes', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), fc.constantFrom('BDT', 'JPY', 'KWD', 'CLF'), (minor, currency) => {
      expect(Money.parse(Money.of(minor, currency).decimal, currency).minor).toBe(minor + 0);
    }));
  });

  it('reads shorter and longer text only where it is exact', () => {
    expect(Money.parse('12', 'BDT').minor).toBe(1200);
    expect(Money.parse('12.5', 'BDT').minor).toBe(1250);
    expect(Money.parse('12.5000', 'BDT').minor).toBe(1250);
    for (const text of ['12.345', '1e3', '1,000.00', '.5', '5.', '+1', ' 1', '1 ', '', '--1', '0x10', 'NaN', '१२', '1'.repeat(30), '99999999999999999']) {
      expect(() => Money.parse(text, 'BDT')).toThrow(/expected an amount|not accepted/);
    }
    expect(() => Money.parse('1.5', 'JPY')).toThrow(/at most 0 decimals/);
  });

  it('maps bigint columns exactly or not at all', () => {
    expect([minorColumn.from('9007199254740991'), minorColumn.from('-7'), minorColumn.from(null), minorColumn.to(5), minorColumn.to(undefined)]).toEqual([9007199254740991, -7, null, 5, undefined]);
    expect(() => minorColumn.from('9007199254740992')).toThrow(/within/);
    expect(() => minorColumn.to(2 ** 53)).toThrow(/within/);
  });
});

describe('currencies', () => {
  it('know their decimals, and no name of an object', () => {
    expect(['BDT', 'JPY', 'KWD', 'CLF', 'XXX', 'bdt', 'toString'].map((code) => exponentOf(code))).toEqual([2, 0, 3, 4, undefined, undefined, undefined]);
    expect(isCurrency('__proto__')).toBe(false);
  });

  it('agree with ICU wherever ICU follows ISO', () => {
    // CLDR shows fewer decimals than ISO 4217 has for currencies whose coins are out of use.
    const shownShorter = new Set(['AFN', 'ALL', 'AMD', 'COP', 'IQD', 'IRR', 'KPW', 'LAK', 'LBP', 'MGA', 'MMK', 'MRU', 'PKR', 'RSD', 'SLE', 'SOS', 'SYP', 'TZS', 'UZS', 'YER', 'HUF', 'IDR', 'TWD', 'CRC', 'NOK', 'SEK', 'CZK', 'MUR', 'GYD', 'MNT']);
    const codes = Intl.supportedValuesOf('currency').filter((code) => isCurrency(code) && !shownShorter.has(code));
    expect(codes.length).toBeGreaterThan(100);
    for (const code of codes) expect([code, new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits]).toEqual([code, exponentOf(code)]);
  });
});
