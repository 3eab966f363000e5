import { eventually } from '@haat/kit/testing/eventually';
import { withClient } from '@haat/kit-postgres/postgres-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PricingRig, type Goods, type Market } from '../testing/pricing-rig.js';

let rig: PricingRig;
beforeAll(async () => { rig = await PricingRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const inMinutes = (minutes: number): string => new Date(rig.clock.now().getTime() + minutes * 60_000).toISOString();
const settings = (market: Market, pricesIncludeTax: boolean) => rig.mutate(market.operator, 'saveTaxSettings', { homeCountry: 'SE', pricesIncludeTax });
const sale = (market: Market, { offerId }: Goods) => rig.mutate(market.operator, 'scheduleFlashSale', {
  name: 'Tonight', from: inMinutes(-1), until: inMinutes(60), offers: [{ offerId, minor: 700 }], idempotencyKey: offerId });

/** Does something while somebody else prices the offer, who read everything before and so takes it off the list. */
async function besideSomebodyWhoPrices({ offerId }: Goods, work: () => Promise<unknown>): Promise<void> {
  await withClient(rig.subgraph.adminUrl, async (somebody) => {
    await somebody.query('begin');
    await somebody.query('select from pricing.offer_price where id = $1 for update', [offerId]);
    let isOver = false;
    const done = Promise.allSettled([work()]).then(([outcome]) => {
      isOver = true;
      return outcome;
    });
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%set due_at%'`;
    await eventually(async () => isOver || (await rig.subgraph.query(waiting)).length > 0);
    await somebody.query('update pricing.offer_price set due_at = null where id = $1', [offerId]);
    await somebody.query('commit');
    expect(await done).toMatchObject({ status: 'fulfilled' });
  });
}

describe('an offer that is due already while somebody prices it', () => {
  it('is priced again by the settings saved meanwhile [PRC-08]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    await settings(market, true);
    await besideSomebodyWhoPrices(goods, () => settings(market, false));
    await rig.runJobs();
    expect((await rig.said(market, 'price-changed')).at(-1)).toMatchObject({ offerId: goods.offerId, price: { taxIncluded: false } });
    expect(await rig.shown(market.guest, [goods])).toMatchObject([{ taxIncluded: false }]);
  });

  it('is priced again by the sale scheduled meanwhile [PRC-05]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    await settings(market, true);
    await besideSomebodyWhoPrices(goods, () => sale(market, goods));
    await rig.runJobs();
    expect(await rig.current(market.guest, goods)).toBe(700);
    expect((await rig.said(market, 'price-changed')).at(-1)).toMatchObject({ offerId: goods.offerId, price: { currentMinor: 700 } });
  });
});
