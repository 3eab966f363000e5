import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreatePromotion } from '@haat/operator-client/generated/operations';
import { obtain } from '../support/act.js';
import { asGuest, readyCart, tryPlace } from '../support/buy.js';
import { someEmail } from '../support/sign-in.js';
import { shopOfTwo, type ShopOfTwo } from '../support/shop-of-two.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

describe('what is off', () => {
  let marketplace: TestMarketplace;
  let shop: ShopOfTwo;
  beforeAll(async () => {
    marketplace = await startTestMarketplace({}, { seeds: sellersToo });
    shop = await shopOfTwo(marketplace);
  }, 120_000);
  afterAll(() => marketplace?.close());

  it('for a first order is off one of several that a buyer places at once, without a coupon as well [PRC-03]', async () => {
    const { door } = marketplace;
    const [offer] = shop.offers;
    if (!offer) throw new Error('There is no offer.');
    await obtain(door, shop.operator, CreatePromotion, { name: 'Welcome', class: 'ORDER', conditions: [{ kind: 'NTH_ORDER', max: 1 }], effects: [{ kind: 'PERCENT_OFF', ppm: 500_000, on: 'ORDER' }] }, 'Promotion');
    const email = someEmail('twice');
    const guests = await Promise.all(Array.from({ length: 4 }, () => asGuest(door)));
    const carts = await Promise.all(guests.map((guest) => readyCart(door, guest, [{ offer, quantity: 1 }], { email })));
    const outcomes = await Promise.all(guests.map((guest, at) => tryPlace(door, guest, carts[at] ?? { cartId: '', total: { minor: 0, currency: 'BDT' } }, { payWith: 'CASH_ON_DELIVERY' })));
    expect(outcomes.map(({ __typename }) => __typename).filter((name) => name === 'Order')).toHaveLength(1);
    const refused = outcomes.filter(({ __typename }) => __typename !== 'Order');
    for (const outcome of refused) expect(['CouponRejected', 'PriceChanged']).toContain(outcome.__typename);
  });
});
