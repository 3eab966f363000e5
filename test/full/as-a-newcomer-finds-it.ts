import { describe, expect, it } from 'vitest';
import { eventually } from '@haat/kit/testing/eventually';
import { countByHand } from '../support/count-by-hand.js';
import { dataOf } from '../support/graph.js';
import { mutate } from '../support/mutate.js';
import { signIn } from '../support/sign-in.js';
import type { TestMarketplace } from '../support/test-marketplace.js';

/** How soon what happens to a vendor must be seen everywhere, in milliseconds, and how much longer it may take where a whole suite runs beside it. */
const seenMsMax = 2_000;
const busyFactor = 5;

interface Money { readonly minor: number; readonly currency: string }
interface OfferRead {
  readonly id: string;
  readonly vendor: { readonly id: string; readonly slug: string } | null;
  readonly price: { readonly current: Money; readonly taxIncluded: boolean } | null;
  readonly availability: { readonly available: number; readonly inStock: boolean } | null;
}
interface ProductRead { readonly id: string; readonly slug: string; readonly variants: readonly { readonly id: string; readonly priceRange: { readonly min: Money } | null; readonly bestOffer: OfferRead | null; readonly offers: { readonly nodes: readonly OfferRead[] } | null }[] }
interface Listing { readonly nodes: readonly ({ readonly slug: string; readonly title: string; readonly priceRange: { readonly min: Money } | null; readonly inStock: boolean | null } | null)[] }

interface Counted { readonly search: { readonly totalCount: number; readonly facets: readonly { readonly key: string; readonly values: readonly { readonly value: string; readonly count: number }[] }[] } }

/** Values that a facet shows at most. */
const facetValuesMax = 50;

const facetsText = '{ search { totalCount facets { key values { value count } } } }';
const offerFields = 'id vendor { id slug } price { current { minor currency } taxIncluded } availability { available inStock }';
const productText = `query Product($slug: String!) { product(slug: $slug) { id slug variants { id priceRange { min { minor currency } } bestOffer { ${offerFields} } offers(first: 10) { nodes { ${offerFields} } } } } }`;
const listingText = 'query Listing($slug: String!) { category(slug: $slug) { name products(first: 20) { nodes { slug title priceRange { min { minor currency } } inStock } } } }';
const searchText = 'query Search($query: String!) { search(query: $query, first: 20) { totalCount nodes { productId inStock priceRange { min { minor } } product { slug title image { url } } } facets { key values { value count } } } }';

/** What somebody sees who has just started it. */
export const asANewcomerFindsIt = (shop: () => TestMarketplace): void => void describe('a full shop, as a newcomer finds it', () => {
  const ask = async <D>(tenant: string, query: string, variables: Record<string, unknown> = {}): Promise<D> => dataOf(await shop().door.ask<D>({ tenant }, query, variables));
  const product = async (tenant: string, slug: string) => (await ask<{ product: ProductRead | null }>(tenant, productText, { slug })).product;
  const listing = async (tenant: string, slug: string) => (await ask<{ category: { products: Listing | null } | null }>(tenant, listingText, { slug })).category?.products?.nodes ?? [];

  it.each([['acme', 'sarees', 'BDT', false], ['nordic', 'knitwear', 'EUR', true]] as const)('%s lists priced goods in stock, and their offers with vendor, price and stock [CAT-09, VEN-11]', async (tenant, category, currency, taxIncluded) => {
    const listed = await eventually(async () => {
      const nodes = await listing(tenant, category);
      return nodes.length > 0 && nodes.every((node) => node?.priceRange) && nodes.some((node) => node?.inStock) ? nodes : undefined;
    }, 60_000);
    expect(listed.length).toBeGreaterThanOrEqual(10);
    const found = await product(tenant, listed.find((node) => node?.inStock)?.slug ?? '');
    const best = found?.variants.find(({ bestOffer }) => bestOffer?.availability?.inStock)?.bestOffer;
    expect(best).toMatchObject({ price: { current: { currency }, taxIncluded }, availability: { inStock: true } });
    expect(best?.vendor?.slug).toMatch(/^[a-z-]+$/);
    expect(best?.price?.current.minor).toBeGreaterThan(0);
  });

  it('finds the same goods by words, with facets that count what is found [CAT-10]', async () => {
    const { search } = await ask<{ search: { totalCount: number; nodes: { product: { title: string } | null }[]; facets: { key: string; values: { value: string; count: number }[] }[] } }>('acme', searchText, { query: 'jamdani saree' });
    expect(search.nodes[0]?.product?.title).toMatch(/Jamdani Saree/);
    expect(search.totalCount).toBeGreaterThanOrEqual(2);
    expect(search.facets.flatMap(({ values }) => values).every(({ count }) => count <= search.totalCount)).toBe(true);
  });

  it.each(['acme', 'nordic'])('%s counts its facets as a count by hand over all its products does [SRCH-02]', async (tenant) => {
    const operator = await signIn(shop().door, tenant, `operator@${tenant}.example`);
    const byHand = await countByHand(shop().door, operator);
    expect(byHand.total).toBeGreaterThanOrEqual(250);
    // What search hears of the last prices and pieces comes a little later than the door of their owners says them.
    await eventually(async () => {
      const { search } = await ask<Counted>(tenant, facetsText);
      const facets = search.facets.filter(({ key }) => ['category', 'vendor', 'tag', 'type', 'inStock'].includes(key));
      const ours = facets.flatMap(({ key, values }) => values.map(({ value, count }) => [`${key} ${value}`, count] as const));
      expect({ total: search.totalCount, counts: Object.fromEntries(ours) }).toEqual({ total: byHand.total, counts: Object.fromEntries(ours.map(([entry]) => [entry, byHand.counts.get(entry)])) });
      for (const { key, values } of facets) expect([key, values.length]).toEqual([key, Math.min(facetValuesMax, [...byHand.counts.keys()].filter((entry) => entry.startsWith(`${key} `)).length)]);
      return true;
    }, 60_000);
  }, 120_000);

  it('takes a suspended vendor\'s offers off sale everywhere within two seconds, and puts them back [VEN-01]', async () => {
    const operator = await signIn(shop().door, 'acme', 'operator@acme.example');
    const { vendor } = await ask<{ vendor: { id: string } }>('acme', '{ vendor(slug: "sylhet-tea-house") { id } }');
    const slugs = (await listing('acme', 'tea')).flatMap((node) => (node ? [node.slug] : []));
    // Which of several offers is the best may still change while the last prices and pieces of the shop arrive; which are offered does not.
    const offered = async () => {
      const variants = (await Promise.all(slugs.map((slug) => product('acme', slug)))).flatMap((one) => one?.variants ?? []);
      const own = (offers: readonly (OfferRead | null)[]) => offers.filter((offer) => offer?.vendor?.id === vendor.id).length;
      return { best: own(variants.map(({ bestOffer }) => bestOffer)), all: own(variants.flatMap(({ offers }) => offers?.nodes ?? [])) };
    };
    const before = await offered();
    expect(Math.min(before.best, before.all)).toBeGreaterThan(0);
    await mutate(shop().door, operator, 'suspendVendor', { vendorId: vendor.id, reason: 'For the record.' });
    const suspended = Date.now();
    await eventually(async () => { const { best, all } = await offered(); return best + all === 0; }, 20_000);
    expect(Date.now() - suspended).toBeLessThan(seenMsMax * busyFactor);
    await mutate(shop().door, operator, 'restoreVendor', { vendorId: vendor.id });
    await eventually(async () => { const { best, all } = await offered(); return best > 0 && all === before.all; }, 20_000);
  });
});
