import { describe, expect, it } from 'vitest';
import type { Effect } from '../effect.js';
import { priceCart } from '../price-cart.js';
import { aCartOf, aPromotion } from '../testing/a-cart.js';
import { carriedUpTo } from './carried-up-to.js';

const percent = (ppm: number): Effect => ({ kind: 'PERCENT_OFF', ppm, on: 'LINE', target: null });
const amount = (amountMinor: number): Effect => ({ kind: 'AMOUNT_OFF', amountMinor, on: 'PIECE', target: null });
const fixed = (priceMinor: number): Effect => ({ kind: 'FIXED_PRICE', priceMinor, target: null });

describe('what is left of a budget', () => {
  it.each<[string, Effect[]]>([
    ['a percentage', [percent(150_000)]], ['all', [percent(1_000_000)]], ['hardly anything', [percent(1)]], ['an amount', [amount(40)]], ['a price', [fixed(25)]],
    ['one after the other', [percent(333_333), amount(7), fixed(10)]],
  ])('carries one piece of every price that it says, by %s', (_, effects) => {
    const taken = (price: number) => priceCart(aCartOf([['a', 1, price]], { promotions: [aPromotion('p', effects)] })).applied[0]?.amountMinor ?? 0;
    for (const left of [0, 1, 6, 39, 40, 100]) {
      const upTo = carriedUpTo(left, effects);
      for (let price = 0; price <= Math.min(upTo, 300); price += 1) expect([price, taken(price) <= left]).toEqual([price, true]);
    }
  });

  it('is said to carry what it does, by one effect', () => {
    expect([carriedUpTo(100, [percent(500_000)]), carriedUpTo(40, [amount(40)]), carriedUpTo(39, [amount(40)]), carriedUpTo(100, [fixed(25)])]).toEqual([200, Number.MAX_SAFE_INTEGER, 39, 125]);
  });
});
