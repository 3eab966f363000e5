import { describe, expect, it } from 'vitest';
import { priceCart } from './price-cart.js';
import { aCart, aCartOf, aCoupon, aLine, aPrice, aPromotion, aRate, theRules } from './testing/a-cart.js';
import { replayTrace } from './testing/replay-trace.js';

const tenPercent = aPromotion('ten', [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER', target: null }], { class: 'ORDER', conditions: [{ kind: 'COUPON' }] });

const workedOrder = aCart({
  lines: [aLine('A1', 2), aLine('A2', 1), aLine('B1', 3, { vendorId: 'B' })],
  prices: [aPrice('A1', 19_999), aPrice('A2', 4950), aPrice('B1', 1333)],
  promotions: [tenPercent], coupons: [aCoupon('TEN', 'ten')],
  shipping: [{ vendorId: 'A', methodId: 'post', amountMinor: 6000 }, { vendorId: 'B', methodId: 'courier', amountMinor: 8000 }],
  tax: theRules([aRate(150_000)]),
});

describe('the worked order', () => {
  const cart = priceCart(workedOrder);

  it('comes to 53421 and 13339, and the customer pays 66760', () => {
    expect(cart.vendors.map(({ vendorId, totalMinor }) => [vendorId, totalMinor])).toEqual([['A', 53_421], ['B', 13_339]]);
    expect(cart.totals).toEqual({ subtotalMinor: 48_947, discountMinor: 4895, shippingMinor: 14_000, taxMinor: 8708, totalMinor: 66_760 });
  });

  it('splits the coupon into 4000, 495 and 400, and taxes what is left', () => {
    expect(cart.lines.map((line) => [line.subtotalMinor, line.discountMinor, line.netMinor, line.taxMinor])).toEqual([[39_998, 4000, 35_998, 5400], [4950, 495, 4455, 668], [3999, 400, 3599, 540]]);
    expect(cart.vendors.map(({ shippingTaxMinor }) => shippingTaxMinor)).toEqual([900, 1200]);
  });

  it('says what to redeem, and why each number is what it is', () => {
    expect(cart.redemptions).toEqual([{ couponId: 'coupon-TEN', code: 'TEN', promotionId: 'ten', amountMinor: 4895 }]);
    const replayed = replayTrace(cart.trace);
    expect([...replayed.lines.values()]).toEqual(cart.lines.map(({ totalMinor }) => totalMinor));
    expect([...replayed.vendors.values(), replayed.total]).toEqual([53_421, 13_339, 66_760]);
    expect(cart.trace.filter(({ lineId }) => lineId === 'A2').map(({ step, ruleId, beforeMinor, afterMinor }) => [step, ruleId, beforeMinor, afterMinor])).toEqual([
      ['BASE', 'price-A2', 0, 4950], ['ORDER', 'ten', 4950, 4455], ['TAX', 'rate-150000', 4455, 5123],
    ]);
  });
});

describe('a cart', () => {
  it('of nothing costs nothing', () => {
    expect(priceCart(aCart({})).totals).toEqual({ subtotalMinor: 0, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 });
  });

  it('leaves out what has no price, and names its offers once', () => {
    const cart = priceCart(aCart({ lines: [aLine('a', 1), aLine('b', 1), aLine('c', 1, { offerId: 'b' })], prices: [aPrice('a', 5)] }));
    expect(cart.lines.map(({ lineId }) => lineId)).toEqual(['a']);
    expect(cart.withoutPrice).toEqual(['b']);
  });

  it('beyond 2^53 − 1 is refused with a code', () => {
    const refused = expect.objectContaining({ code: 'BAD_USER_INPUT' });
    const most = Number.MAX_SAFE_INTEGER;
    expect(() => priceCart(aCartOf([['a', 2, most]]))).toThrow(refused);
    expect(() => priceCart(aCartOf([['a', 1, most], ['b', 1, 1]]))).toThrow(refused);
    expect(() => priceCart(aCartOf([['a', 1, most]], { tax: theRules([aRate(150_000)]) }))).toThrow(refused);
    expect(priceCart(aCartOf([['a', 1, most]], { promotions: [tenPercent], coupons: [aCoupon('TEN', 'ten')] })).totals.totalMinor).toBe(most - Math.round(most / 10));
  });

  it('ignores delivery of vendors that have nothing in it', () => {
    const cart = priceCart(aCartOf([['a', 1, 100]], { shipping: [{ vendorId: 'Z', methodId: 'post', amountMinor: 50 }] }));
    expect(cart.totals.totalMinor).toBe(100);
  });

  it('puts who pays for a discount beside it, to the last unit', () => {
    const shared = aPromotion('shared', [{ kind: 'AMOUNT_OFF', amountMinor: 101, on: 'ORDER', target: null }], { class: 'ORDER', platformPpm: 333_333 });
    const { lines } = priceCart(aCartOf([['a', 1, 500], ['b', 1, 500]], { promotions: [shared] }));
    expect(lines.map(({ discounts }) => discounts.map(({ amountMinor, platformMinor, vendorMinor }) => [amountMinor, platformMinor, vendorMinor]))).toEqual([[[51, 17, 34]], [[50, 17, 33]]]);
  });
});
