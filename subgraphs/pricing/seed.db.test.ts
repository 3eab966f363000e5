import { fixedId } from '@haat/kit/id';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PricingRig } from './testing/pricing-rig.js';

let rig: PricingRig;
beforeAll(async () => {
  rig = await PricingRig.start();
  await rig.subgraph.running.seed();
});
afterAll(() => rig[Symbol.asyncDispose]());

const market = (slug: string, currency: string) => rig.marketOf(testTenant({ id: fixedId('ten', slug), slug, currency }));

describe('the demonstration', () => {
  it('is taxed in both styles, and has coupons, lists and promotions', async () => {
    for (const [slug, currency, total, tax] of [['acme', 'BDT', 103_500, 13_500], ['nordic', 'EUR', 90_000, 18_000]] as const) {
      const here = market(slug, currency);
      const goods = await rig.priced(here, 100_000);
      expect((await rig.quote(here.shopper, [[goods, 1]], { couponCodes: ['welcome10'] })).totals).toMatchObject({ totalMinor: total, taxMinor: tax });
      const staff = await rig.read<Record<string, { nodes: { name?: string; code?: string }[] }>>(here.operator, '{ promotions { nodes { name } } priceLists { nodes { name } } coupons { nodes { code } } flashSales { nodes { name offers { offerId } } } }');
      expect([staff['promotions']?.nodes.length, staff['priceLists']?.nodes.map(({ name }) => name), staff['flashSales']?.nodes.length, staff['coupons']?.nodes.map(({ code }) => code).sort()]).toEqual([4, ['Wholesale'], 1, ['FIRST10', 'WELCOME10']]);
    }
  });

  it('sells a category a fifth cheaper, and three soaps for two', async () => {
    const here = market('acme', 'BDT');
    const pot = await rig.priced(here, 1_000, { categoryId: fixedId('cat', 'acme:pottery') });
    expect((await rig.shown(here.guest, [pot]))[0]).toMatchObject({ current: { minor: 800 }, compareAt: { minor: 1_000 }, taxIncluded: false });
    const soap = await rig.priced(here, 300, { categoryId: fixedId('cat', 'acme:soap') });
    expect((await rig.quote({ ...here.guest, viewer: testViewer('usr_x', ['SHOPPER']) }, [[soap, 3]])).totals).toMatchObject({ subtotalMinor: 900, discountMinor: 300 });
  });

  it('is the same however often it is seeded', async () => {
    const rows = () => rig.subgraph.query('select id, version from pricing.promotion order by id');
    const before = await rows();
    await rig.subgraph.running.seed();
    expect(await rows()).toEqual(before);
  });
});
