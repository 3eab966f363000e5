import { pricingRedeem, pricingUnredeem } from '@haat/schema/asks/pricing';
import { newId } from '@haat/kit/id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PricingRig, type Goods, type Market } from '../testing/pricing-rig.js';

let rig: PricingRig;
beforeAll(async () => { rig = await PricingRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const hourMs = 3_600_000;
const inHours = (hours: number): string => new Date(rig.clock.now().getTime() + hours * hourMs).toISOString();
const schedule = (market: Market, goods: readonly Goods[], more: Record<string, unknown> = {}, offer: Record<string, unknown> = {}) => rig.mutate(market.operator, 'scheduleFlashSale', {
  name: 'Flash', from: inHours(0), until: inHours(2), offers: goods.map(({ offerId }) => ({ offerId, minor: 600, ...offer })), ...more,
}, '... on FlashSale { id state offers { offerId quota taken price { minor } } }');

describe('a flash sale', () => {
  it('changes prices from its beginning to its end, on our clock, and says both [PRC-05]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const sale = await schedule(market, [goods], { from: inHours(1), until: inHours(2) });
    expect(sale).toMatchObject({ state: 'SCHEDULED', offers: [{ offerId: goods.offerId, quota: null, taken: 0, price: { minor: 600 } }] });
    const shown: (number | null)[] = [await rig.current(market.guest, goods)];
    for (let hour = 0; hour < 2; hour += 1) {
      rig.clock.advance(hourMs);
      shown.push(await rig.current(market.guest, goods));
      await rig.runJobs();
    }
    expect(shown).toEqual([1_000, 600, 1_000]);
    expect(await rig.said(market, 'promotion-started')).toMatchObject([{ promotionId: sale['id'], productIds: [goods.productId] }]);
    expect(await rig.said(market, 'promotion-ended')).toHaveLength(1);
    expect((await rig.said(market, 'price-changed')).map(({ price }) => price)).toMatchObject([{ currentMinor: 1_000 }, { currentMinor: 600, compareAtMinor: 1_000, lowest30DaysMinor: 1_000 }, { currentMinor: 1_000 }]);
  });

  it('sells no more pieces than it has, nor more to one customer than one may have [PRC-05]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const sale = await schedule(market, [goods], {}, { quota: 5, perBuyerMax: 2 });
    const wish = (quantity: number, userId = newId('usr')) => ({ orderId: newId('ord'), buyer: { userId, guestKey: null }, emailHash: null, redemptions: [], budgets: [], quotas: [{ flashSaleId: String(sale['id']), offerId: goods.offerId, quantity }] });
    expect((await rig.quote(market.shopper, [[goods, 3]])).quotas).toEqual([{ flashSaleId: sale['id'], offerId: goods.offerId, quantity: 2 }]);
    const one = wish(2);
    expect(await rig.subgraph.put(market.shopper, pricingRedeem, one)).toEqual({ outcome: 'REDEEMED' });
    expect(await rig.subgraph.put(market.shopper, pricingRedeem, wish(1, one.buyer.userId))).toMatchObject({ outcome: 'REJECTED', offerId: goods.offerId, reason: 'CUSTOMER_LIMIT' });
    const rest = await Promise.all(Array.from({ length: 10 }, () => rig.subgraph.put(market.shopper, pricingRedeem, wish(1))));
    expect(rest.filter(({ outcome }) => outcome === 'REDEEMED')).toHaveLength(3);
    expect(await rig.current(market.guest, goods)).toBe(1_000);
    await rig.subgraph.put(market.shopper, pricingUnredeem, { orderId: one.orderId });
    expect(await rig.current(market.guest, goods)).toBe(600);
  });

  it('is ended before its time at once, and refuses what will not do', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const sale = await schedule(market, [goods]);
    expect(await rig.current(market.guest, goods)).toBe(600);
    expect(await rig.mutate(market.operator, 'endFlashSale', { flashSaleId: sale['id'] }, '... on FlashSale { state }')).toMatchObject({ state: 'ENDED' });
    expect(await rig.current(market.guest, goods)).toBe(1_000);
    await expect(schedule(market, [goods], { until: inHours(-1), from: inHours(-2) })).rejects.toThrow(/^BAD_USER_INPUT: .*input.until/);
    await expect(schedule(market, [goods, goods])).rejects.toThrow(/^BAD_USER_INPUT: .*input.offers.1/);
    await expect(schedule(rig.market(), [goods])).rejects.toThrow(/^BAD_USER_INPUT: .*input.offers.0/);
    const stranger = market.merchant(newId('ven'));
    const input = { name: 'Mine', from: inHours(0), until: inHours(1), offers: [{ offerId: goods.offerId, minor: 1 }] };
    await expect(rig.mutate(stranger, 'scheduleFlashSale', input)).rejects.toThrow(/^BAD_USER_INPUT/);
    expect(await rig.mutate(market.merchant(goods.vendorId), 'scheduleFlashSale', input)).toMatchObject({ __typename: 'FlashSale' });
    await expect(rig.mutate(market.merchant(goods.vendorId), 'scheduleFlashSale', { ...input, offers: [] })).rejects.toThrow(/^BAD_USER_INPUT/);
    const seenBy = async (who: typeof stranger) => (await rig.read<{ flashSales: { nodes: { offers: unknown[] }[] } }>(who, '{ flashSales { nodes { offers { offerId } } } }')).flashSales.nodes;
    expect([await seenBy(stranger), (await seenBy(market.merchant(goods.vendorId))).map(({ offers }) => offers)]).toEqual([[], [[{ offerId: goods.offerId }], [{ offerId: goods.offerId }]]]);
  });

  it('is ended by a merchant who may price all of its offers, and by no other [PRC-05, AUTH-07]', async () => {
    const market = rig.market();
    const [own, others] = [await rig.priced(market, 1_000), await rig.priced(market, 1_000)];
    const merchant = market.merchant(own.vendorId);
    const [mine, shared, empty] = [await schedule(market, [own]), await schedule(market, [own, others]), await schedule(market, [])];
    const end = (sale: Record<string, unknown>, asker = merchant) => rig.mutate(asker, 'endFlashSale', { flashSaleId: sale['id'] }, '... on FlashSale { state } ... on AlreadyEnded { what }');
    for (const sale of [shared, empty]) await expect(end(sale)).rejects.toThrow(/^NOT_FOUND/);
    await expect(end(mine, market.merchant(others.vendorId))).rejects.toThrow(/^NOT_FOUND/);
    expect([await end(mine), await end(mine)]).toMatchObject([{ state: 'ENDED' }, { what: 'flash sale' }]);
  });

  it('of a vendor is one of few, and takes none from the marketplace or from other vendors [PRC-05, AUTH-07]', async () => {
    const market = rig.market();
    const [own, others] = [await rig.priced(market, 1_000), await rig.priced(market, 1_000)];
    const by = (goods: Goods) => rig.mutate(market.merchant(goods.vendorId), 'scheduleFlashSale', { name: 'Mine', from: inHours(1), until: inHours(2), offers: [{ offerId: goods.offerId, minor: 1 }] }, '... on FlashSale { id } ... on LimitReached { limit }');
    const [made] = await Promise.all(Array.from({ length: 20 }, () => by(own)));
    expect([await by(own), await by(others), await schedule(market, [own])]).toMatchObject([{ __typename: 'LimitReached', limit: 20 }, { __typename: 'FlashSale' }, { __typename: 'FlashSale' }]);
    await rig.mutate(market.merchant(own.vendorId), 'endFlashSale', { flashSaleId: made?.['id'] });
    expect(await by(own)).toMatchObject({ __typename: 'FlashSale' });
    await rig.subgraph.query(`update pricing.flash_sale set state = 'ENDED' where tenant_id = $1 and vendor_ids = '{}'`, [market.id]);
    await rig.subgraph.query(
      `insert into pricing.flash_sale (tenant_id, id, name, starts_at, ends_at, platform_ppm, combines_with, state)
       select $1, 'fls_' || n, 'Full', $2, $3, 0, '{}', 'ACTIVE' from generate_series(1, 200) as n`, [market.id, inHours(0), inHours(1)]);
    expect([await schedule(market, [own]), await by(others)]).toMatchObject([{ __typename: 'LimitReached' }, { __typename: 'FlashSale' }]);
  });
});
