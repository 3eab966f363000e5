import { describe, expect, it } from 'vitest';
import type { Effect } from '../effect.js';
import { priceCart } from '../price-cart.js';
import type { PricedCart } from '../priced-cart.js';
import type { PricingInput, PricingLine } from '../pricing-input.js';
import type { Promotion } from '../promotion.js';
import { aCartOf, aCoupon, aFlashSale, aPromotion, aTarget, these } from '../testing/a-cart.js';

type Goods = readonly (readonly [string, number, number, Partial<PricingLine>?])[];

const percent = (ppm: number, on: 'LINE' | 'ORDER' | 'SHIPPING' = 'LINE', ids: readonly string[] = []): Effect => ({ kind: 'PERCENT_OFF', ppm, on, target: aTarget({ ids }) });
const price = (goods: Goods, promotions: readonly Promotion[], facts: Partial<PricingInput> = {}): PricedCart => priceCart(aCartOf(goods, { promotions, ...facts }));
const counted = ({ applied }: PricedCart): (string | number)[][] => applied.map(({ promotionId, amountMinor }) => [promotionId, amountMinor]);
const refused = ({ rejected }: PricedCart): (string | null)[][] => rejected.map(({ promotionId, reason }) => [promotionId, reason]);
const one: Goods = [['a', 1, 1000]];
const two: Goods = [['a', 1, 1000], ['b', 1, 1000, { vendorId: 'B' }]];
const delivered = { shipping: [{ vendorId: 'A', methodId: 'm', amountMinor: 100 }] };

describe('promotions', () => {
  it('count by class, then priority, then id, each on what is left', () => {
    const promotions = [
      aPromotion('delivery', [percent(100_000, 'SHIPPING')], { class: 'SHIPPING', priority: 99 }), aPromotion('order', [percent(100_000, 'ORDER')], { class: 'ORDER', priority: 99 }),
      aPromotion('z', [percent(100_000)]), aPromotion('y', [percent(100_000)]), aPromotion('first', [percent(100_000)], { priority: 1 }), aPromotion('shelf', [percent(100_000)], { class: 'CATALOGUE' }),
    ];
    expect(counted(price(one, promotions, delivered))).toEqual([['shelf', 100], ['first', 90], ['y', 81], ['z', 73], ['order', 66], ['delivery', 10]]);
  });

  it('of one line leave traces that follow on each other', () => {
    const cart = price(one, [aPromotion('x', [percent(500_000)]), aPromotion('y', [percent(500_000, 'ORDER')], { class: 'ORDER' })], { flashSales: [aFlashSale('a', 800)] });
    expect(cart.trace.filter(({ lineId }) => lineId === 'a').map(({ step, beforeMinor, afterMinor }) => [step, beforeMinor, afterMinor])).toEqual([
      ['BASE', 0, 1000], ['CATALOGUE', 1000, 800], ['LINE', 800, 400], ['ORDER', 400, 200], ['TAX', 200, 200],
    ]);
  });

  it('with several effects give each on what the one before left, as one part of the line', () => {
    const cart = price(one, [aPromotion('x', [percent(100_000), { kind: 'AMOUNT_OFF', amountMinor: 50, on: 'LINE', target: null }], { platformPpm: 500_000 })]);
    expect(cart.lines[0]?.discounts).toMatchObject([{ promotionId: 'x', amountMinor: 150, platformMinor: 75, vendorMinor: 75 }]);
  });

  it('of a vendor touch nothing of another', () => {
    const cart = price(two, [aPromotion('b', [percent(500_000, 'ORDER')], { class: 'ORDER', vendorId: 'B' })]);
    expect(cart.lines.map(({ discountMinor }) => discountMinor)).toEqual([0, 500]);
  });
});

describe('limits', () => {
  it('of a line are its floor, and what it keeps goes to others', () => {
    const goods: Goods = [['a', 1, 1000, { floorMinor: 900 }], ['b', 1, 1000]];
    expect(price(goods, [aPromotion('p', [{ kind: 'AMOUNT_OFF', amountMinor: 600, on: 'ORDER', target: null }], { class: 'ORDER' })]).lines.map(({ discountMinor }) => discountMinor)).toEqual([100, 500]);
    const cart = price(goods, [aPromotion('p', [percent(500_000)])]);
    expect(cart).toMatchObject({ totals: { discountMinor: 600 }, cuts: [{ promotionId: 'p', lineId: 'a', wantedMinor: 500, givenMinor: 100, why: 'VENDOR_FLOOR' }] });
  });

  it('of a promotion are its maximum and its budget, the smaller of both', () => {
    const promotion = aPromotion('p', [percent(500_000)], { maxDiscountMinor: 301 });
    expect(price(two, [promotion])).toMatchObject({ lines: [{ discountMinor: 151 }, { discountMinor: 150 }], cuts: [{ lineId: null, wantedMinor: 1000, givenMinor: 301, why: 'MAX_DISCOUNT' }] });
    const budgets = [{ promotionId: 'p', leftMinor: 100, currency: 'BDT' }];
    expect(price(two, [promotion], { budgets })).toMatchObject({ totals: { discountMinor: 100 }, budgets: [{ promotionId: 'p', amountMinor: 100 }], cuts: [{ why: 'BUDGET' }] });
  });

  it('hold for all effects of a promotion together', () => {
    expect(price(one, [aPromotion('p', [percent(200_000), percent(200_000)], { maxDiscountMinor: 250 })]).totals.discountMinor).toBe(250);
  });
});

describe('classes', () => {
  const alone = { combinesWith: [] } as const;

  it('combine where both promotions say so', () => {
    const order = aPromotion('order', [percent(100_000, 'ORDER')], { class: 'ORDER', combinesWith: ['LINE'] });
    expect(counted(price(one, [aPromotion('line', [percent(100_000)], { combinesWith: ['ORDER'] }), order]))).toEqual([['line', 100], ['order', 90]]);
    for (const combinesWith of [['LINE'], []] as const) {
      expect(refused(price(one, [aPromotion('line', [percent(100_000)], { combinesWith }), order]))).toEqual([['order', 'NOT_COMBINABLE']]);
    }
  });

  it('that do not combine leave the lines alone that another has touched, and take the rest', () => {
    const cart = price(two, [aPromotion('line', [percent(100_000, 'LINE', ['a'])], alone), aPromotion('order', [percent(100_000, 'ORDER')], { class: 'ORDER' })]);
    expect(cart.lines.map(({ discounts }) => discounts.map(({ promotionId, amountMinor }) => [promotionId, amountMinor]))).toEqual([[['line', 100]], [['order', 100]]]);
  });

  it('that do not combine let only the first take a line', () => {
    const cart = price(one, [aPromotion('x', [percent(100_000)], { ...alone, priority: 1 }), aPromotion('y', [percent(900_000)], alone)]);
    expect([counted(cart), refused(cart)]).toEqual([[['x', 100]], [['y', 'NOT_COMBINABLE']]]);
  });

  it('of delivery look at the goods of its vendor', () => {
    const free = aPromotion('free', [{ kind: 'FREE_SHIPPING', capMinor: null, target: null }], { class: 'SHIPPING', combinesWith: ['SHIPPING'] });
    const shipping = [{ vendorId: 'A', methodId: 'm', amountMinor: 100 }, { vendorId: 'B', methodId: 'm', amountMinor: 100 }];
    const cart = price(two, [aPromotion('line', [percent(100_000, 'LINE', ['a'])]), free], { shipping });
    expect(cart.vendors.map(({ shippingDiscountMinor }) => shippingDiscountMinor)).toEqual([0, 100]);
  });

  it('stop where one stops them, on what it touched', () => {
    const cart = price(two, [aPromotion('stop', [percent(100_000, 'LINE', ['a'])], { stopProcessing: true, priority: 1 }), aPromotion('line', [percent(100_000)]), aPromotion('order', [percent(100_000, 'ORDER')], { class: 'ORDER' })]);
    expect(counted(cart)).toEqual([['stop', 100], ['line', 100], ['order', 90]]);
    expect(cart.lines[0]?.discounts).toHaveLength(1);
  });
});

describe('an exclusive group', () => {
  const of = (promotionId: string, ppm: number, facts: Partial<Promotion> = {}) => aPromotion(promotionId, [percent(ppm, facts.class === 'ORDER' ? 'ORDER' : 'LINE')], { exclusiveGroup: 'g', ...facts });

  it('has the best for the customer, whatever its priority or class', () => {
    const cart = price(one, [of('small', 100_000, { priority: 9 }), of('large', 300_000, { class: 'ORDER' }), of('middle', 200_000), aPromotion('other', [percent(100_000)])]);
    expect(counted(cart)).toEqual([['other', 100], ['large', 270]]);
    expect(refused(cart)).toEqual([['small', 'NOT_COMBINABLE'], ['middle', 'NOT_COMBINABLE']]);
  });

  it('of equally good ones has the first by priority', () => {
    expect(counted(price(one, [of('x', 100_000), of('y', 100_000, { priority: 1 })]))).toEqual([['y', 100]]);
  });

  it("is its owner's: a vendor's keeps out nobody else's", () => {
    expect(counted(price(one, [of('own', 300_000, { vendorId: 'A', priority: 1 }), of('platform', 100_000)]))).toEqual([['own', 300], ['platform', 70]]);
  });

  it('tells why a member does not count by itself', () => {
    const far = of('far', 900_000, { conditions: [{ kind: 'CART_QUANTITY', min: 4, max: null }] });
    expect(price(one, [of('near', 100_000), far]).rejected).toMatchObject([{ promotionId: 'far', reason: 'BELOW_MINIMUM', missingQuantity: 3 }]);
  });
});

describe('the best deal', () => {
  const alone = { combinesWith: [] } as const;
  const promotions = [aPromotion('greedy', [percent(100_000)], { ...alone, priority: 2 }), aPromotion('better', [percent(300_000)], { ...alone, priority: 1 }), aPromotion('order', [percent(200_000, 'ORDER')], { class: 'ORDER', ...alone })];

  it('leaves out what stands in the way of more', () => {
    expect(counted(price(one, promotions))).toEqual([['greedy', 100]]);
    const best = price(one, promotions, { search: 'BEST_DEAL' });
    expect([counted(best), refused(best)]).toEqual([[['better', 300]], [['order', 'NOT_COMBINABLE'], ['greedy', 'NOT_COMBINABLE']]]);
  });

  it('looks at a bounded number of ways', () => {
    const many = Array.from({ length: 40 }, (_, index) => aPromotion(`p${index}`, [percent(10_000 + index)], alone));
    const goods: Goods = Array.from({ length: 250 }, (_, index) => [`l${index}`, 2, 1000 + index]);
    expect(price(goods, many, { search: 'BEST_DEAL' }).totals.discountMinor).toBeGreaterThan(0);
  });
});

describe('a flash sale', () => {
  const sale = (facts: Parameters<typeof aFlashSale>[2] = {}) => ({ flashSales: [aFlashSale('a', 600, facts)] });
  const three: Goods = [['a', 3, 1000]];

  it('sells its pieces for its price, and takes them of its quota', () => {
    const cart = price(three, [], sale());
    expect(cart).toMatchObject({ lines: [{ unitPriceMinor: 1000, salePriceMinor: 600, discountMinor: 1200 }], quotas: [{ flashSaleId: 'flash-a', offerId: 'a', quantity: 3 }] });
    expect(counted(cart)).toEqual([['flash-a', 1200]]);
  });

  it('leaves the rest of a line at its price when pieces run out, over all lines and for each buyer', () => {
    expect(price(three, [], sale({ piecesLeft: 2 }))).toMatchObject({ lines: [{ discountMinor: 800, salePriceMinor: 600 }], quotas: [{ quantity: 2 }] });
    expect(price(three, [], sale({ piecesPerBuyerMax: 3, piecesTakenByBuyer: 2 })).quotas).toMatchObject([{ quantity: 1 }]);
    expect(price(three, [], sale({ piecesPerBuyerMax: 1, piecesTakenByBuyer: 2 })).quotas).toEqual([]);
    const split = priceCart({ ...aCartOf([['a', 2, 1000]]), lines: [...aCartOf([['a', 2, 1000]]).lines, ...aCartOf([['a', 2, 1000]]).lines.map((line) => ({ ...line, lineId: 'again' }))], ...sale({ piecesLeft: 3 }) });
    expect(split.lines.map(({ discountMinor }) => discountMinor)).toEqual([800, 400]);
  });

  it('counts in its time only, in its currency, and where it is cheaper', () => {
    const now = aCartOf(three).now;
    expect(price(three, [], sale({ from: new Date(now.getTime() + 1) })).quotas).toEqual([]);
    expect(price(three, [], sale({ until: now })).quotas).toEqual([]);
    expect(price(three, [], sale({ currency: 'SEK' })).quotas).toEqual([]);
    expect(price([['a', 1, 500]], [], sale()).quotas).toEqual([]);
  });

  it('of several has the cheapest', () => {
    const cart = price(three, [], { flashSales: [aFlashSale('a', 700, { flashSaleId: 'dear' }), aFlashSale('a', 600, { flashSaleId: 'cheap' })] });
    expect(counted(cart)).toEqual([['cheap', 1200]]);
  });

  it('keeps out what does not combine with it', () => {
    expect(refused(price(three, [aPromotion('line', [percent(100_000)])], sale({ combinesWith: ['ORDER'] })))).toEqual([['line', 'NOT_COMBINABLE']]);
    expect(counted(price(three, [aPromotion('shelf', [{ kind: 'FIXED_PRICE', priceMinor: 500, target: these('a') }], { class: 'CATALOGUE' })], sale()))).toEqual([['flash-a', 1200], ['shelf', 300]]);
  });
});

describe('coupons', () => {
  const promotion = aPromotion('p', [percent(100_000)], { conditions: [{ kind: 'COUPON' }] });
  const reasonOf = (coupon: Parameters<typeof aCoupon>[2], facts: Partial<PricingInput> = {}) => price(one, [promotion], { coupons: [aCoupon('C', 'p', coupon)], ...facts }).rejected.map(({ couponCode, reason }) => [couponCode, reason]);
  const now = aCartOf(one).now;

  it('open their promotion, and are redeemed for what it gives', () => {
    const cart = price(one, [promotion], { coupons: [aCoupon('C', 'p'), aCoupon('C', 'p')] });
    expect(cart).toMatchObject({ applied: [{ promotionId: 'p', couponCode: 'C', amountMinor: 100 }], redemptions: [{ couponId: 'coupon-C', code: 'C', promotionId: 'p', amountMinor: 100 }], rejected: [] });
  });

  it.each<[string, Parameters<typeof aCoupon>[2], string | null]>([
    ['whose time has not come', { from: new Date(now.getTime() + 1) }, 'NOT_STARTED'], ['whose time is over', { until: now }, 'EXPIRED'], ['that are switched off', { isEnded: true }, 'EXPIRED'],
    ['that are used up', { usesMax: 3, used: 3 }, 'USED_UP'], ['that may be used once more', { usesMax: 3, used: 2 }, null],
    ['that this buyer has used up', { usesPerBuyerMax: 1, usedByBuyer: 1 }, 'CUSTOMER_LIMIT'], ['that are used up today', { usesPerDayMax: 5, usedToday: 5 }, 'DAILY_LIMIT'],
    ['for other people', { userIds: ['user-2'] }, 'NOT_ELIGIBLE'], ['for this person', { userIds: ['user-1'], emailHashes: ['hash-2'] }, null], ['for this address', { emailHashes: ['hash-1'] }, null],
    ['for first orders', { isForFirstOrder: true }, null],
  ])('%s say so', (_, coupon, reason) => {
    expect(reasonOf(coupon)).toEqual(reason === null ? [] : [['C', reason]]);
  });

  it('for first orders are not for who ordered before, or for who cannot be known', () => {
    const { buyer } = aCartOf(one);
    for (const ordersBefore of [1, null]) expect(reasonOf({ isForFirstOrder: true }, { buyer: { ...buyer, ordersBefore } })).toEqual([['C', 'NOT_ELIGIBLE']]);
  });

  it('that nobody knows, or that were guessed too often, say so', () => {
    const cart = price(one, [], { coupons: [{ kind: 'UNKNOWN', code: 'X' }, { kind: 'TOO_MANY_ATTEMPTS', code: 'Y' }] });
    expect(cart.rejected).toMatchObject([{ promotionId: null, couponCode: 'X', name: 'X', reason: 'UNKNOWN' }, { couponCode: 'Y', reason: 'TOO_MANY_ATTEMPTS' }]);
  });

  it('are only as good as their promotion', () => {
    const coupons = [aCoupon('C', 'p')];
    expect(price(one, [], { coupons }).rejected).toMatchObject([{ couponCode: 'C', reason: 'EXPIRED' }]);
    expect(price(one, [{ ...promotion, from: new Date(now.getTime() + 1) }], { coupons }).rejected).toMatchObject([{ couponCode: 'C', reason: 'NOT_STARTED' }]);
    const dear = { ...promotion, conditions: [...promotion.conditions, { kind: 'CART_VALUE', minMinor: 1320, maxMinor: null, when: 'NOW', tax: 'AS_PRICED' } as const] };
    expect(price(one, [dear], { coupons })).toMatchObject({ rejected: [{ couponCode: 'C', reason: 'BELOW_MINIMUM', missingMinor: 320 }], redemptions: [] });
  });

  it('of one promotion count once', () => {
    const cart = price(one, [promotion], { coupons: [aCoupon('C', 'p'), aCoupon('D', 'p')] });
    expect([cart.redemptions.map(({ code }) => code), cart.rejected.map(({ couponCode, reason }) => [couponCode, reason])]).toEqual([['C'], [['D', 'NOT_COMBINABLE']]]);
  });
});
