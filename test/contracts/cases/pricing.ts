import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { mutate } from '../../support/mutate.js';
import { inOwnTenant, is, mutation, type Arranged, type Sample, type SubgraphCases, type WallCase } from '../case.js';
import type { World } from '../world.js';
import { offer, someWord } from './catalog/goods.js';

const ofTheirShop = 'Operators price their own shop.';

/** An offer that pricing has heard of. */
async function offered(world: World): Promise<Awaited<ReturnType<typeof offer>>> {
  const goods = await offer(world, true);
  const heard = () => world.marketplace.query('select 1 from pricing.offer_fact o join pricing.product_fact p on p.id = o.product_id where o.id = $1 and o.version > 0', [goods.offerId]);
  await eventually(async () => (await heard()).length);
  return goods;
}

/** The same with a price. */
async function priced(world: World): Promise<Awaited<ReturnType<typeof offer>>> {
  const goods = await offered(world);
  await mutate(world.door, goods.owner, 'setPrices', { rows: [{ offerId: goods.offerId, currency: 'BDT', minor: 5_000 }] });
  return goods;
}

/** Something that acme's operator makes. */
async function made(world: World, field: string, input: Record<string, unknown>, type: string): Promise<{ readonly owner: Arranged['owner']; readonly id: string }> {
  const owner = await world.operator();
  const answer = await mutate(world.door, owner, field, input, `... on ${type} { id }`);
  return { owner, id: String(answer['id']) };
}

const promotionInput = (conditions: readonly object[] = []) => ({ name: someWord('promotion'), class: 'ORDER', conditions, effects: [{ kind: 'PERCENT_OFF', ppm: 10_000, on: 'ORDER' }] });
const saleInput = (offers: readonly object[] = []) => ({ name: someWord('sale'), from: new Date(Date.now() + 3_600_000).toISOString(), until: new Date(Date.now() + 7_200_000).toISOString(), offers });
const aPromotion = (world: World, conditions: readonly object[] = []) => made(world, 'createPromotion', promotionInput(conditions), 'Promotion');
const aSale = (world: World) => made(world, 'scheduleFlashSale', saleInput(), 'FlashSale');
const aList = (world: World, vendorIds: readonly string[] = []) => made(world, 'createPriceList', { name: someWord('list'), vendorIds }, 'PriceList');
const forVendors = (why: string) => ({ exceptions: { 'another vendor\'s merchant': { kind: 'theirs', why } } }) as const;

/** A coupon of a promotion of its own. */
async function aCoupon(world: World): Promise<{ readonly owner: Arranged['owner']; readonly id: string; readonly promotionId: string; readonly code: string }> {
  const { owner, id: promotionId } = await aPromotion(world, [{ kind: 'COUPON' }]);
  const answer = await mutate(world.door, owner, 'createCoupons', { promotionId, code: someWord('CODE') }, '... on CreateCouponsSucceeded { coupons { id code } }') as unknown as { coupons: [{ id: string; code: string }] };
  return { owner, promotionId, ...answer.coupons[0] };
}

/** A class of goods of its own. */
async function aTaxClass(world: World): Promise<{ readonly owner: Arranged['owner']; readonly id: string; readonly key: string }> {
  const key = someWord('class');
  return { ...(await made(world, 'saveTaxClass', { key, name: 'Goods' }, 'TaxClass')), key };
}

const rateInput = (taxClass: string) => ({ code: 'VAT', taxClass, country: 'NP', name: 'VAT 13 %', ratePpm: 130_000 });

/** A list of staff's, in which something of the owner's stands. */
function listing(field: string, document: string, one: (world: World) => Promise<{ readonly owner: Arranged['owner']; readonly id: string }>, more: Partial<WallCase> = {}): WallCase {
  return {
    field: `Query.${field}`, document,
    arrange: async (world) => {
      const { owner, id } = await one(world);
      return { owner, variables: {}, marks: [id] };
    },
    succeeded: (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? ''),
    ...more, exceptions: { ...inOwnTenant('An operator sees those of their own shop.'), ...more.exceptions },
  };
}

/** Something of the owner's that is changed for good. */
function ending(field: string, type: string, key: string, one: (world: World) => Promise<{ readonly owner: Arranged['owner']; readonly id: string }>): WallCase {
  return {
    field: `Mutation.${field}`, document: mutation(field, `... on ${type} { id }`),
    arrange: async (world) => {
      const { owner, id } = await one(world);
      return { owner, variables: { input: { [key]: id } }, marks: [id] };
    },
    succeeded: is(type),
  };
}

/** Something new, which an operator elsewhere makes as well. */
function making(field: string, type: string, input: () => Record<string, unknown>): WallCase {
  return {
    field: `Mutation.${field}`, document: mutation(field, `... on ${type} { id }`),
    arrange: async (world) => ({ owner: await world.operator(), variables: { input: input() }, marks: [] }),
    succeeded: is(type), exceptions: inOwnTenant(ofTheirShop),
  };
}

/** How pricing keeps strangers out. */
export const cases: SubgraphCases['cases'] = [
  listing('promotions', '{ promotions(first: 100) { nodes { id name } } }', aPromotion),
  listing('coupons', '{ coupons(first: 100) { nodes { id code } } }', aCoupon),
  listing('priceLists', '{ priceLists(first: 100) { nodes { id name } } }', aList, forVendors('Every vendor may set prices in a list that names none.')),
  listing('priceLists', '{ priceLists(first: 100) { nodes { id name } } }', (world) => aList(world, [newId('ven')]), { when: 'of some vendors' }),
  listing('flashSales', '{ flashSales(first: 100) { nodes { id offers { offerId } } } }', aSale),
  listing('taxClasses', '{ taxClasses(first: 100) { nodes { id key } } }', aTaxClass, forVendors('Merchants read what their goods may be taxed as; the rates are the operators\'.')),
  listing('taxRates', '{ taxRates(first: 100) { nodes { id name } } }', async (world) => made(world, 'saveTaxRate', rateInput((await aTaxClass(world)).key), 'TaxRate')),
  {
    field: 'Query.prices', document: 'query($offerId: ID!) { prices(offerId: $offerId) { nodes { id offerId amount { minor } } } }',
    arrange: async (world) => {
      const { owner, offerId } = await priced(world);
      const [row] = await world.marketplace.query<{ id: string }>('select id from pricing.price where offer_id = $1', [offerId]);
      return { owner, variables: { offerId }, marks: [row?.id ?? 'no price'] };
    },
    succeeded: (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? ''),
  },
  {
    field: 'Query.taxSettings', document: '{ taxSettings { homeCountry homeRegion } }',
    arrange: async (world) => {
      const { operator, id } = await world.newTenant();
      const homeRegion = someWord('region');
      await mutate(world.door, operator, 'saveTaxSettings', { homeCountry: 'FI', homeRegion, pricesIncludeTax: true });
      return { owner: operator, variables: {}, marks: [homeRegion, id] };
    },
    succeeded: (value, { marks }) => value['homeRegion'] === marks[0],
    exceptions: inOwnTenant('An operator sees how their own shop is taxed.'),
  },
  {
    field: 'Mutation.setPrices', document: mutation('setPrices', '... on SetPricesSucceeded { count } ... on PricesRefused { problems { row code } }'),
    arrange: async (world) => {
      const { owner, offerId } = await offered(world);
      return { owner, variables: { input: { rows: [{ offerId, currency: 'BDT', minor: 9_900 }] } }, marks: [offerId] };
    },
    succeeded: is('SetPricesSucceeded'),
  },
  {
    field: 'Mutation.createCoupons', document: mutation('createCoupons', '... on CreateCouponsSucceeded { coupons { id } }'),
    arrange: async (world) => {
      const { owner, id } = await aPromotion(world, [{ kind: 'COUPON' }]);
      return { owner, variables: { input: { promotionId: id, count: 2 } }, marks: [id] };
    },
    succeeded: is('CreateCouponsSucceeded'),
  },
  {
    field: 'Mutation.scheduleFlashSale', document: mutation('scheduleFlashSale', '... on FlashSale { id }'),
    arrange: async (world) => {
      const { owner, offerId } = await offered(world);
      return { owner, variables: { input: saleInput([{ offerId, minor: 100, quota: 5 }]) }, marks: [offerId] };
    },
    succeeded: is('FlashSale'),
  },
  {
    field: 'Mutation.saveTaxRate', document: mutation('saveTaxRate', '... on TaxRate { id }'),
    arrange: async (world) => {
      const { owner, key } = await aTaxClass(world);
      return { owner, variables: { input: rateInput(key) }, marks: [key] };
    },
    succeeded: is('TaxRate'),
  },
  making('createPriceList', 'PriceList', () => ({ name: someWord('list') })),
  making('createPromotion', 'Promotion', () => promotionInput()),
  making('saveTaxClass', 'TaxClass', () => ({ key: someWord('class'), name: 'Goods' })),
  {
    field: 'Mutation.saveTaxSettings', document: mutation('saveTaxSettings', '... on TaxSettings { homeCountry }'),
    arrange: async (world) => {
      const { operator, id } = await world.newTenant();
      return { owner: operator, variables: { input: { homeCountry: 'SE', pricesIncludeTax: true, abroad: 'KEEP_NET' } }, marks: [id] };
    },
    succeeded: is('TaxSettings'), exceptions: inOwnTenant(ofTheirShop),
  },
  ending('endPriceList', 'PriceList', 'priceListId', (world) => aList(world)),
  ending('endPromotion', 'Promotion', 'promotionId', aPromotion),
  ending('endCoupon', 'Coupon', 'couponId', aCoupon),
  ending('endFlashSale', 'FlashSale', 'flashSaleId', aSale),
];

/** A cart, or a vendor's part of one, as the gateway hands it on. */
async function cartOf(world: World, select: string): Promise<Sample> {
  const { offerId } = await priced(world);
  return { tenant: 'acme', key: { id: newId('cart'), lines: [{ id: newId('line'), offerId, quantity: 2 }], groups: [], couponCodes: [] }, select };
}

/** Their walls stand between vendors, too. */
export const isApartByVendor = true;

/** Entities that others may ask pricing for. */
export const samples: SubgraphCases['samples'] = {
  Offer: async (world) => ({ tenant: 'acme', key: { id: (await priced(world)).offerId }, select: 'price { current { minor } }' }),
  ProductVariant: async (world) => ({ tenant: 'acme', key: { id: (await priced(world)).variantId }, select: 'priceRange { min { minor } }' }),
  Cart: (world) => cartOf(world, 'totals { total { minor } }'),
  CartGroup: (world) => cartOf(world, 'subtotal { minor }'),
};
