import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CartPage, CategoryPage, ProductPage, SearchProducts } from '@haat/storefront-client/generated/operations';
import { readyCart } from '../support/buy.js';
import { countReads, type ReadCount, type Taken } from '../support/count-reads.js';
import { dataOf, type Asker } from '../support/graph.js';
import { orderOften } from '../support/order-often.js';
import { runOperation } from '../support/run-operation.js';
import { shopOfMany, type ShopOfMany } from '../support/shop-of-many.js';
import { sellerId } from '../support/shop-of-two.js';
import { newShopper, signIn, someAddress, type Person } from '../support/sign-in.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

/** What each page takes, however long it is: statements of all subgraphs, and requests from the gateway to subgraphs. */
const pinned = {
  'product page': { statements: 9, requests: 4 },
  listing: { statements: 7, requests: 3 },
  'listing with offers': { statements: 12, requests: 6 },
  search: { statements: 3, requests: 1 },
  'cart page': { statements: 23, requests: 7 },
  'order history': { statements: 9, requests: 4 },
  'a merchant\'s order list': { statements: 10, requests: 4 },
} as const;

type Page = keyof typeof pinned;

interface Listing { readonly category: { readonly products: { readonly nodes: readonly { readonly variants: readonly { readonly bestOffer: { readonly price: object | null; readonly availability: { readonly inStock: boolean } | null } | null }[] }[] } } }

const [few, many] = [5, 100];

const listingWithOffers = `query ListingWithOffers($slug: String!, $first: Int!) { category(slug: $slug) { products(first: $first) { nodes { id slug title variants { id title
  bestOffer { id vendor { id name } price { current { minor currency } } availability { available inStock } } } } } } }`;

const orderHistory = `query OrderHistory($first: Int!) { myOrders(first: $first) { pageInfo { hasNextPage endCursor } nodes {
  id number status placedAt totals { total { minor currency } } payment { id status provider amount { minor } } lines { id title quantity total { minor } }
  vendorOrders { id number status vendorName vendor { id name } shipments { id status } } history { kind happenedAt } invoices { number url } } } }`;

const merchantList = `query MerchantList($vendorId: ID!, $first: Int!) { vendorOrders(vendorId: $vendorId, first: $first) { pageInfo { hasNextPage endCursor } nodes {
  id number orderNumber status placedAt contact { name } shippingAddress { city } vendor { id name } lines { id title quantity total { minor } } totals { total { minor } }
  amountToCollect { minor } commission { net { minor } } payment { id status amount { minor } } shipments { id status } history { kind happenedAt } packingSlip { url } } } }`;

describe('pages that people read', () => {
  let marketplace: TestMarketplace;
  let reads: ReadCount;
  let shop: ShopOfMany;
  let shopper: Person;
  let merchant: Person;
  const carts = new Map<number, { readonly owner: Person; readonly id: string }>();
  beforeAll(async () => {
    reads = countReads();
    marketplace = await startTestMarketplace({ RATE_VIEWER_PER_SECOND: '1000000', RATE_ADDRESS_PER_SECOND: '1000000' }, { seeds: sellersToo });
    reads.watch(marketplace);
    const { door } = marketplace;
    shop = await shopOfMany(marketplace, [few, many]);
    const [first, second] = shop.offers;
    if (!first || !second) throw new Error('There are not two offers.');
    shopper = await newShopper(door, 'acme', 'rahima');
    merchant = await signIn(door, 'acme', 'merchant@acme.example');
    await orderOften(marketplace, shopper, [first, second], many);
    for (const lines of [few, many]) {
      const owner = await newShopper(door, 'acme', `with-${lines}`);
      carts.set(lines, { owner, id: (await readyCart(door, owner, shop.offers.slice(0, lines).map((offer) => ({ offer, quantity: 1 })))).cartId });
    }
  });
  afterAll(async () => {
    await marketplace?.close();
    reads?.[Symbol.dispose]();
  });

  const guest: Asker = { tenant: 'acme', headers: someAddress() };
  /** Who reads a page, and how: answers how many entries it had. */
  const pages: Record<Page, { readonly as: (count: number) => Asker; readonly read: (asker: Asker, count: number) => Promise<number | undefined> }> = {
    'product page': { as: () => guest, read: async (asker, count) => (await runOperation(marketplace.door, asker, ProductPage, { slug: shop.withVariants.get(count) ?? '' })).product?.variants.filter(({ bestOffer }) => bestOffer?.price && bestOffer.availability && bestOffer.vendor).length },
    listing: { as: () => guest, read: async (asker, first) => (await runOperation(marketplace.door, asker, CategoryPage, { slug: shop.category, first })).category?.products?.nodes.filter((product) => product?.priceRange).length },
    'listing with offers': { as: () => guest, read: async (asker, first) => dataOf(await marketplace.door.ask<Listing>(asker, listingWithOffers, { slug: shop.category, first })).category.products.nodes.filter(({ variants }) => variants.every(({ bestOffer }) => bestOffer?.price && bestOffer.availability?.inStock)).length },
    search: { as: () => guest, read: async (asker, first) => (await runOperation(marketplace.door, asker, SearchProducts, { query: shop.word, first })).search?.nodes.filter(({ product }) => product).length },
    'cart page': { as: (count) => carts.get(count)?.owner ?? guest, read: async (asker, count) => (await runOperation(marketplace.door, asker, CartPage, { id: carts.get(count)?.id ?? '' })).cart?.lines.filter(({ offer }) => offer?.variant && offer.availability).length },
    'order history': { as: () => shopper, read: async (asker, first) => dataOf(await marketplace.door.ask<{ myOrders: { nodes: { payment: object | null }[] } }>(asker, orderHistory, { first })).myOrders.nodes.filter(({ payment }) => payment).length },
    'a merchant\'s order list': { as: () => merchant, read: async (asker, first) => dataOf(await marketplace.door.ask<{ vendorOrders: { nodes: { payment: object | null }[] } }>(asker, merchantList, { first, vendorId: sellerId('padma-crafts') })).vendorOrders.nodes.filter(({ payment }) => payment).length },
  };

  it.each(Object.keys(pinned) as Page[])('take as many statements and requests for 100 entries as for 5: %s', async (page) => {
    const { as, read } = pages[page];
    const taken = async (count: number): Promise<Taken> => {
      const asker = as(count);
      expect(await read(asker, count)).toBe(count);
      return reads.least(asker, (counted) => read(counted, count));
    };
    const [short, long] = [await taken(few), await taken(many)];
    expect(long).toEqual(short);
    expect({ statements: long.statements.length, requests: long.requests.length }, JSON.stringify(long)).toEqual(pinned[page]);
  });
});
