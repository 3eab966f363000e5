import { describe, expect, it } from 'vitest';
import { everything, type Effect, type Tiered } from '../effect.js';
import { priceCart } from '../price-cart.js';
import type { PricingInput, PricingLine } from '../pricing-input.js';
import type { Promotion } from '../promotion.js';
import { aCartOf, aCoupon, aFlashSale, aPromotion, aTarget, these } from '../testing/a-cart.js';

type Goods = readonly (readonly [string, number, number, Partial<PricingLine>?])[];

/** What an effect takes off each line; then what else is told of it. */
function given(goods: Goods, effect: Effect, { promotion = {}, ...facts }: Partial<PricingInput> & { promotion?: Partial<Promotion> } = {}) {
  const cart = priceCart(aCartOf(goods, { promotions: [aPromotion('p', [effect], promotion)], ...facts }));
  return { ...cart, off: cart.lines.map(({ discountMinor }) => discountMinor), offDelivery: cart.vendors.map(({ shippingDiscountMinor }) => shippingDiscountMinor) };
}

const three: Goods = [['a', 2, 1000], ['b', 1, 333], ['c', 3, 50, { vendorId: 'B' }]];
const order = { promotion: { class: 'ORDER' } } as const;
const catalogue = { promotion: { class: 'CATALOGUE' } } as const;

describe('a percentage', () => {
  const half = { kind: 'PERCENT_OFF', ppm: 500_000, target: null } as const;

  it('is rounded per line, per vendor or once', () => {
    expect(given(three, { ...half, on: 'LINE' }).off).toEqual([1000, 167, 75]);
    expect(given([['a', 1, 333], ['b', 1, 333], ['c', 1, 333, { vendorId: 'B' }]], { ...half, on: 'GROUP' }, order).off).toEqual([167, 166, 167]);
    expect(given([['a', 1, 333], ['b', 1, 333], ['c', 1, 333, { vendorId: 'B' }]], { ...half, on: 'ORDER' }, order).off).toEqual([167, 167, 166]);
  });

  it('in the catalogue is rounded per piece, as on the page', () => {
    const { off, lines } = given([['a', 3, 333]], { ...half, on: 'LINE' }, catalogue);
    expect([off, lines[0]?.salePriceMinor]).toEqual([[501], 166]);
  });

  it('takes only from its target, and from what its conditions name where it has none', () => {
    expect(given(three, { ...half, on: 'LINE', target: these('b', 'c') }).off).toEqual([0, 167, 75]);
    expect(given(three, { ...half, on: 'LINE', target: aTarget({ excludedIds: ['a'], vendorIds: ['A'] }) }).off).toEqual([0, 167, 0]);
    expect(given(three, { ...half, on: 'LINE' }, { promotion: { conditions: [{ kind: 'VENDOR', vendorIds: ['B'], minQuantity: 1, minMinor: null }] } }).off).toEqual([0, 0, 75]);
  });

  it('leaves alone what is cheaper already, where it is to', () => {
    const target = aTarget({ excludesDiscounted: true });
    expect(given(three, { ...half, on: 'LINE', target }, { flashSales: [aFlashSale('a', 900)] }).off).toEqual([200, 167, 75]);
  });
});

describe('an amount', () => {
  const hundred = { kind: 'AMOUNT_OFF', amountMinor: 100, target: null } as const;

  it('goes off each piece, each line, each vendor or the order, and no further than to nothing', () => {
    expect(given(three, { ...hundred, on: 'PIECE' }).off).toEqual([200, 100, 150]);
    expect(given(three, { ...hundred, on: 'LINE' }).off).toEqual([100, 100, 100]);
    expect(given(three, { ...hundred, on: 'GROUP' }, order).off).toEqual([86, 14, 100]);
    expect(given(three, { ...hundred, on: 'ORDER' }, order).off).toEqual([81, 13, 6]);
  });

  it('that is more than there is is cut, and the cut is told', () => {
    expect(given([['a', 1, 60]], { ...hundred, on: 'ORDER' }, order)).toMatchObject({ off: [60], cuts: [{ promotionId: 'p', lineId: 'a', wantedMinor: 100, givenMinor: 60, why: 'NOTHING_LEFT' }] });
    expect(given([['a', 2, 60]], { ...hundred, on: 'PIECE' })).toMatchObject({ off: [120], cuts: [{ wantedMinor: 200, givenMinor: 120, why: 'NOTHING_LEFT' }] });
  });
});

describe('a fixed price', () => {
  it('makes dearer pieces cheaper, and no piece dearer', () => {
    expect(given(three, { kind: 'FIXED_PRICE', priceMinor: 300, target: null }).off).toEqual([1400, 33, 0]);
    expect(given(three, { kind: 'FIXED_PRICE', priceMinor: 300, target: null }, catalogue).lines.map(({ salePriceMinor }) => salePriceMinor)).toEqual([300, 300, 50]);
  });
});

describe('a bundle', () => {
  const bundle = (priceMinor: number, timesMax: number | null = null): Effect => ({ kind: 'BUNDLE_PRICE', priceMinor, timesMax, items: [{ target: these('a'), quantity: 1 }, { target: these('b', 'c'), quantity: 2 }] });
  const goods: Goods = [['a', 2, 1000], ['b', 3, 300], ['c', 1, 100]];

  it('costs its price as often as the cart holds it, the dearest pieces first', () => {
    expect(given(goods, bundle(1300)).totals.discountMinor).toBe((1600 - 1300) + (1400 - 1300));
    expect(given(goods, bundle(1300, 1)).off).toEqual([188, 112, 0]);
  });

  it('counts a piece for one item only', () => {
    const twice: Effect = { kind: 'BUNDLE_PRICE', priceMinor: 100, timesMax: null, items: [{ target: these('a'), quantity: 1 }, { target: these('a'), quantity: 1 }] };
    expect(given([['a', 3, 100]], twice).off).toEqual([100]);
    expect(given([['a', 1, 100]], twice).rejected).toMatchObject([{ reason: 'BELOW_MINIMUM', missingQuantity: 1 }]);
  });

  it('is not given where it would be dearer, or where pieces are missing, and says how many', () => {
    expect(given(goods, bundle(1600))).toMatchObject({ off: [0, 0, 0], rejected: [{ reason: 'NO_MATCHING_GOODS', missingQuantity: null }] });
    expect(given([['a', 1, 1000], ['b', 1, 300]], bundle(1))).toMatchObject({ off: [0, 0], rejected: [{ reason: 'BELOW_MINIMUM', missingQuantity: 1 }] });
    expect(given([['d', 1, 1000]], bundle(1))).toMatchObject({ rejected: [{ reason: 'NO_MATCHING_GOODS', missingQuantity: null }] });
  });

  it('of a million pieces is found at once', () => {
    expect(given([['a', 1_000_000, 100]], { kind: 'BUNDLE_PRICE', priceMinor: 250, timesMax: null, items: [{ target: everything, quantity: 3 }] }).off).toEqual([333_333 * 50]);
  });
});

describe('tiers', () => {
  const tiers = [{ from: 3, off: 'PERCENT', ppm: 100_000 }, { from: 5, off: 'AMOUNT', amountMinor: 400 }] as const;
  const byPieces: Tiered = { kind: 'TIERED', by: 'QUANTITY', on: 'LINE', tiers, target: null };

  it('give by the highest that is reached, per line, per vendor or for the order', () => {
    expect(given([['a', 2, 100], ['b', 3, 100], ['c', 5, 100]], byPieces).off).toEqual([0, 30, 400]);
    expect(given([['a', 2, 100], ['b', 1, 100], ['c', 2, 100, { vendorId: 'B' }]], { ...byPieces, on: 'GROUP' }, order).off).toEqual([20, 10, 0]);
    expect(given([['a', 2, 100], ['b', 1, 100], ['c', 2, 100, { vendorId: 'B' }]], { ...byPieces, on: 'ORDER' }, order).off).toEqual([160, 80, 160]);
  });

  it('by value measure what goods are worth now, and say what is missing for the first', () => {
    const byValue: Tiered = { ...byPieces, by: 'VALUE', on: 'ORDER', tiers: [{ from: 1000, off: 'AMOUNT', amountMinor: 100 }] };
    expect(given([['a', 1, 1000]], byValue, order).off).toEqual([100]);
    expect(given([['a', 1, 1000]], byValue, { ...order, flashSales: [aFlashSale('a', 680)] }).rejected).toMatchObject([{ reason: 'BELOW_MINIMUM', missingMinor: 320, missingQuantity: null }]);
    expect(given([['a', 2, 100], ['b', 1, 100]], byPieces).rejected).toMatchObject([{ reason: 'BELOW_MINIMUM', missingMinor: null, missingQuantity: 1 }]);
  });

  it('on delivery are measured on the goods of its vendor', () => {
    const shipping = [{ vendorId: 'A', methodId: 'm', amountMinor: 60 }, { vendorId: 'B', methodId: 'm', amountMinor: 60 }];
    const free: Tiered = { ...byPieces, on: 'SHIPPING', tiers: [{ from: 3, off: 'PERCENT', ppm: 1_000_000 }] };
    expect(given([['a', 3, 100], ['b', 2, 100, { vendorId: 'B' }]], free, { shipping, promotion: { class: 'SHIPPING' } }).offDelivery).toEqual([60, 0]);
  });
});

describe('the cheapest for nothing', () => {
  const oneOfThree: Effect = { kind: 'CHEAPEST_FREE', pieces: 1, ofEvery: 3, timesMax: null, target: null };

  it('are as many as the cart earns, across lines', () => {
    expect(given([['a', 3, 100], ['b', 1, 30], ['c', 3, 50]], oneOfThree).off).toEqual([0, 30, 50]);
    expect(given([['a', 3, 100], ['b', 1, 30], ['c', 3, 50]], { ...oneOfThree, timesMax: 1 }).off).toEqual([0, 30, 0]);
  });

  it('are none below so many pieces, and the gap is told', () => {
    expect(given([['a', 2, 100]], oneOfThree).rejected).toMatchObject([{ reason: 'BELOW_MINIMUM', missingQuantity: 1 }]);
  });

  it('are the pieces that a flash sale made cheapest', () => {
    expect(given([['a', 3, 100]], oneOfThree, { flashSales: [aFlashSale('a', 70, { piecesLeft: 1 })] }).off).toEqual([100]);
  });
});

describe('buy some, get others', () => {
  const buyTwoGetOne: Effect = { kind: 'BUY_X_GET_Y', buy: { target: these('a'), quantity: 2 }, get: { target: these('b'), quantity: 1 }, ppm: 500_000, timesMax: null };
  const same: Effect = { ...buyTwoGetOne, get: { target: these('a'), quantity: 1 }, ppm: 1_000_000 };

  it('makes the others cheaper, as often as enough are bought', () => {
    expect(given([['a', 5, 100], ['b', 3, 41]], buyTwoGetOne).off).toEqual([0, 42]);
    expect(given([['a', 5, 100], ['b', 3, 41]], { ...buyTwoGetOne, timesMax: 1 }).off).toEqual([0, 21]);
  });

  it('counts no piece as bought and got', () => {
    expect(given([['a', 2, 100]], same)).toMatchObject({ off: [0], rejected: [{ reason: 'BELOW_MINIMUM', missingQuantity: 1 }] });
    expect(given([['a', 7, 100]], same).off).toEqual([200]);
    expect(given([['a', 2, 100], ['b', 2, 60], ['c', 2, 80]], { ...same, buy: { target: these('a', 'b'), quantity: 2 }, get: { target: these('b', 'c'), quantity: 1 } }).off).toEqual([0, 0, 160]);
  });

  it('says how many pieces are missing, and nothing of it where nothing is bought', () => {
    expect(given([['a', 1, 100], ['b', 1, 40]], buyTwoGetOne).rejected).toMatchObject([{ reason: 'BELOW_MINIMUM', missingQuantity: 1 }]);
    expect(given([['a', 2, 100]], buyTwoGetOne).rejected).toMatchObject([{ reason: 'BELOW_MINIMUM', missingQuantity: 1 }]);
    expect(given([['b', 2, 100]], buyTwoGetOne).rejected).toMatchObject([{ reason: 'NO_MATCHING_GOODS' }]);
  });
});

describe('a gift', () => {
  const gift: Effect = { kind: 'GIFT', offerId: 'g', quantity: 2 };

  it('that is not in the cart is wanted, and uses up its coupon only once it is', () => {
    const byCoupon = { coupons: [aCoupon('C', 'p')], promotion: { conditions: [{ kind: 'COUPON' }] } } as const;
    expect(given([['a', 1, 100]], gift, byCoupon)).toMatchObject({ gifts: [{ promotionId: 'p', offerId: 'g', quantity: 2 }], applied: [{ promotionId: 'p', amountMinor: 0 }], redemptions: [], rejected: [] });
    expect(given([['a', 1, 100], ['g', 1, 30]], gift, byCoupon)).toMatchObject({ gifts: [{ quantity: 1 }], redemptions: [{ code: 'C', amountMinor: 30 }] });
  });

  it('costs nothing for as many pieces as are given', () => {
    expect(given([['a', 1, 100], ['g', 1, 30]], gift)).toMatchObject({ off: [0, 30], gifts: [{ quantity: 1 }] });
    expect(given([['a', 1, 100], ['g', 3, 30]], gift)).toMatchObject({ off: [0, 60], gifts: [] });
  });
});

describe('a gift that is bought', () => {
  it('earns nobody the gift', () => {
    const conditions = [{ kind: 'CART_VALUE', minMinor: 130, maxMinor: null, when: 'NOW', tax: 'AS_PRICED' }] as const;
    const gift: Effect = { kind: 'GIFT', offerId: 'g', quantity: 1 };
    expect(given([['a', 1, 100], ['g', 1, 30]], gift, { promotion: { conditions } }).rejected).toMatchObject([{ reason: 'BELOW_MINIMUM', missingMinor: 30 }]);
    expect(given([['a', 1, 130], ['g', 1, 30]], gift, { promotion: { conditions } }).off).toEqual([0, 30]);
  });
});

describe('free delivery', () => {
  const free = { kind: 'FREE_SHIPPING', capMinor: 50, target: null } as const;
  const goods: Goods = [['a', 1, 100], ['b', 1, 100, { vendorId: 'B' }]];
  const shipping = [{ vendorId: 'A', methodId: 'slow', amountMinor: 40 }, { vendorId: 'B', methodId: 'fast', amountMinor: 90 }];
  const ofShipping = { class: 'SHIPPING' } as const;

  it('takes off each delivery what the cap lets it', () => {
    expect(given(goods, free, { shipping, promotion: ofShipping }).offDelivery).toEqual([40, 50]);
    expect(given(goods, { ...free, capMinor: null }, { shipping, promotion: ofShipping }).offDelivery).toEqual([40, 90]);
  });

  it('is for the vendors of its goods, and for its methods', () => {
    expect(given(goods, { ...free, target: these('b') }, { shipping, promotion: ofShipping }).offDelivery).toEqual([0, 50]);
    expect(given(goods, free, { shipping, promotion: { ...ofShipping, vendorId: 'A' } }).offDelivery).toEqual([40, 0]);
    expect(given(goods, free, { shipping, promotion: { ...ofShipping, conditions: [{ kind: 'SHIPPING_METHOD', methodIds: ['fast'] }] } }).offDelivery).toEqual([0, 50]);
  });

  it('is given before delivery is chosen, and uses nothing up', () => {
    expect(given(goods, free, { promotion: ofShipping })).toMatchObject({ applied: [{ promotionId: 'p', amountMinor: 0 }], redemptions: [], rejected: [] });
  });

  it('of delivery that is free already gives nothing', () => {
    const atNothing = shipping.map((one) => ({ ...one, amountMinor: 0 }));
    expect(given(goods, free, { shipping: atNothing, promotion: ofShipping }).rejected).toMatchObject([{ reason: 'NO_MATCHING_GOODS' }]);
  });

  it('may be a percentage or an amount', () => {
    expect(given(goods, { kind: 'PERCENT_OFF', ppm: 500_000, on: 'SHIPPING', target: null }, { shipping, promotion: ofShipping }).offDelivery).toEqual([20, 45]);
    expect(given(goods, { kind: 'AMOUNT_OFF', amountMinor: 50, on: 'SHIPPING', target: null }, { shipping, promotion: ofShipping }).offDelivery).toEqual([40, 50]);
  });
});
