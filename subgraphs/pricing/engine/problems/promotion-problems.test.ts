import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../condition.js';
import { everything, type Effect } from '../effect.js';
import type { Promotion } from '../promotion.js';
import { aPromotion, aRate, aTarget } from '../testing/a-cart.js';
import { randomPromotion } from '../testing/random-promotion.js';
import { promotionProblems } from './promotion-problems.js';
import { taxRuleProblems } from './tax-rule-problems.js';

const half: Effect = { kind: 'PERCENT_OFF', ppm: 500_000, on: 'LINE', target: null };
const found = (facts: Partial<Promotion>, effects: readonly Effect[] = [half]): string[] => promotionProblems(aPromotion('p', effects, { currency: 'BDT', ...facts })).map(({ path, code }) => `${path.join('.')} ${code}`);
const ofEffect = (effect: Effect, facts: Partial<Promotion> = {}): string[] => found(facts, [effect]);
const ofCondition = (condition: Condition, facts: Partial<Promotion> = {}): string[] => found({ conditions: [condition], ...facts });
const goods = { minQuantity: 1, minMinor: null };

describe('a promotion', () => {
  it('that random carts use has nothing wrong with it', () => {
    fc.assert(fc.property(randomPromotion('p'), (promotion) => {
      const conditions = promotion.conditions.filter((condition) => promotion.class !== 'CATALOGUE' && !('min' in condition && condition.min === null) && !('minMinor' in condition && condition.minMinor === null));
      const inBounds = conditions.filter((condition) => !('max' in condition && condition.max !== null && condition.min !== null && condition.max < condition.min));
      const problems = promotionProblems({ ...promotion, currency: 'KWD', conditions: inBounds });
      expect(problems.filter(({ code }) => code !== 'NOT_RISING')).toEqual([]);
    }), { numRuns: 500 });
  });

  it.each<[string, Partial<Promotion>, string[]]>([
    ['ends before it begins', { from: new Date(1), until: new Date(1) }, ['until ENDS_BEFORE_IT_BEGINS']],
    ['is paid for by more than all', { platformPpm: 1_000_001 }, ['platformPpm OUT_OF_RANGE']],
    ['takes off nothing at most', { maxDiscountMinor: 0 }, ['maxDiscountMinor OUT_OF_RANGE']],
    ['has amounts without a currency', { maxDiscountMinor: 5, currency: null }, ['currency CURRENCY_MISSING']],
    ['has a currency that is none', { currency: 'XXX' }, ['currency CURRENCY_UNKNOWN']],
    ['names a class twice', { combinesWith: ['LINE', 'LINE'] }, ['combinesWith TWICE']],
    ['has no effect', { effects: [] }, ['effects OUT_OF_RANGE']],
    ['has too many conditions', { conditions: Array.from({ length: 21 }, () => ({ kind: 'COUPON' }) as const) }, ['conditions TOO_MANY']],
  ])('that %s is told', (_, facts, problems) => {
    expect(found(facts)).toEqual(problems);
  });
});

describe('an effect', () => {
  it.each([0, -1, 1_000_001, 0.5, Number.NaN])('of %d parts per million is told', (ppm) => {
    expect(ofEffect({ ...half, ppm })).toEqual(['effects.0.ppm OUT_OF_RANGE']);
  });

  it.each([1, 1_000_000])('of %d parts per million is right', (ppm) => {
    expect(ofEffect({ ...half, ppm })).toEqual([]);
  });

  it('that its class may not have is told', () => {
    expect(ofEffect({ ...half, on: 'ORDER' })).toEqual(['effects.0.kind NOT_OF_CLASS']);
    expect(ofEffect({ kind: 'GIFT', offerId: 'o', quantity: 1 }, { class: 'CATALOGUE' })).toEqual(['effects.0.kind NOT_OF_CLASS']);
    expect(ofEffect({ kind: 'FREE_SHIPPING', capMinor: null, target: null }, { class: 'SHIPPING' })).toEqual([]);
  });

  it.each<[string, Effect, string[]]>([
    ['nothing off', { kind: 'AMOUNT_OFF', amountMinor: 0, on: 'LINE', target: null }, ['amountMinor OUT_OF_RANGE']],
    ['a price below nothing', { kind: 'FIXED_PRICE', priceMinor: -1, target: null }, ['priceMinor OUT_OF_RANGE']],
    ['a bundle of nothing', { kind: 'BUNDLE_PRICE', items: [], priceMinor: 1, timesMax: 0 }, ['items OUT_OF_RANGE', 'timesMax OUT_OF_RANGE']],
    ['all free of all', { kind: 'CHEAPEST_FREE', pieces: 3, ofEvery: 3, timesMax: null, target: null }, ['pieces OUT_OF_RANGE']],
    ['get for nothing bought', { kind: 'BUY_X_GET_Y', buy: { target: everything, quantity: 0 }, get: { target: everything, quantity: 1 }, ppm: 1, timesMax: null }, ['buy.quantity OUT_OF_RANGE']],
    ['a gift of nothing', { kind: 'GIFT', offerId: '', quantity: 0 }, ['offerId EMPTY', 'quantity OUT_OF_RANGE']],
    ['tiers that fall', { kind: 'TIERED', by: 'QUANTITY', on: 'LINE', target: null, tiers: [{ from: 2, off: 'PERCENT', ppm: 0 }, { from: 2, off: 'AMOUNT', amountMinor: 1 }] }, ['tiers.0.ppm OUT_OF_RANGE', 'tiers.1.from NOT_RISING']],
    ['a target of no name', { ...half, target: aTarget({ ids: [''] }) }, ['target.ids EMPTY']],
    ['a target of too many', { ...half, target: aTarget({ vendorIds: Array.from({ length: 251 }, (_, index) => `v${index}`) }) }, ['target.vendorIds TOO_MANY']],
  ])('of %s is told', (_, effect, problems) => {
    expect(ofEffect(effect)).toEqual(problems.map((problem) => `effects.0.${problem}`));
  });
});

describe('a condition', () => {
  it.each<[string, Condition, string[]]>([
    ['a value without limits', { kind: 'CART_VALUE', minMinor: null, maxMinor: null, when: 'NOW', tax: 'NET' }, [' EMPTY']],
    ['a maximum below its minimum', { kind: 'CART_QUANTITY', min: 5, max: 4 }, ['max OUT_OF_RANGE']],
    ['no products', { kind: 'PRODUCT', ids: [], minQuantity: 0, minMinor: null }, ['ids EMPTY', 'minQuantity OUT_OF_RANGE']],
    ['a week of eight days', { kind: 'TIME', timeZone: 'Asia/Dhaka', days: [8], fromMinute: 0, untilMinute: 1441 }, ['days.0 OUT_OF_RANGE', 'untilMinute OUT_OF_RANGE']],
    ['a clock that hangs nowhere', { kind: 'TIME', timeZone: 'Mars/Base', days: [], fromMinute: 5, untilMinute: 5 }, ['timeZone TIME_ZONE_UNKNOWN', 'untilMinute OUT_OF_RANGE']],
    ['every zeroth order', { kind: 'NTH_ORDER', min: null, max: null, every: 0 }, ['every OUT_OF_RANGE']],
    ['a currency that is none', { kind: 'CURRENCY', currencies: ['BDT', 'XXX'] }, ['currencies.1 CURRENCY_UNKNOWN']],
    ['any buyer', { kind: 'BUYER', kinds: [], groups: [] }, [' EMPTY']],
  ])('of %s is told', (_, condition, problems) => {
    expect(ofCondition(condition)).toEqual(problems.map((problem) => `conditions.0${problem.startsWith(' ') ? '' : '.'}${problem}`));
  });

  it('of a catalogue promotion is one that a single piece can meet', () => {
    const shelf = { class: 'CATALOGUE' } as const;
    expect(ofCondition({ kind: 'CATEGORY', categoryIds: ['c'], ...goods }, shelf)).toEqual([]);
    expect(ofCondition({ kind: 'CATEGORY', categoryIds: ['c'], ...goods, minQuantity: 2 }, shelf)).toEqual(['conditions.0.kind NOT_OF_CLASS']);
    expect(ofCondition({ kind: 'COUPON' }, shelf)).toEqual(['conditions.0.kind NOT_OF_CLASS']);
  });
});

describe('a tax rate', () => {
  it('has a reason where it is zero, and only there', () => {
    const of = (...facts: Parameters<typeof aRate>): string[] => taxRuleProblems(aRate(...facts)).map(({ path, code }) => `${path.join('.')} ${code}`);
    expect([of(150_000), of(0, { reason: 'EXEMPT' })]).toEqual([[], []]);
    expect(of(0)).toEqual(['reason OUT_OF_RANGE']);
    expect(of(1, { reason: 'REVERSE_CHARGE' })).toEqual(['reason OUT_OF_RANGE']);
    expect(of(10_000_001, { basePpm: 0, country: 'bd' })).toEqual(['ratePpm OUT_OF_RANGE', 'basePpm OUT_OF_RANGE', 'country OUT_OF_RANGE']);
  });
});
