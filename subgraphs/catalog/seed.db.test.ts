import { fixedId } from '@haat/kit/id';
import { testTenant } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nobody, startCatalog, type CatalogRig } from './testing/catalog-rig.js';
import { seedPicture } from './seed/draw-picture.js';

let rig: CatalogRig;
beforeAll(async () => {
  rig = await startCatalog({ env: { IMAGE_BASE_URL: 'http://images.localhost:4000/' } });
  await rig.subgraph.running.seed();
});
afterAll(() => rig?.[Symbol.asyncDispose]());

const market = (slug: string, locales: string[]) => ({ ...nobody, tenant: testTenant({ id: fixedId('ten', slug), slug, locales }) });
const acme = market('acme', ['en', 'bn']);
const nordic = market('nordic', ['en', 'sv']);

describe('The demonstration', () => {
  it('fills both marketplaces with 300 products and 40 categories, the same however often it is run', async () => {
    const count = async (collection: string) => {
      const rows = await rig.subgraph.raw(collection);
      return [acme, nordic].map(({ tenant }) => rows.filter(({ tenantId }) => tenantId === tenant.id).length);
    };
    const all = async () => Promise.all(['products', 'categories', 'product_types', 'product_collections', 'offers', 'claims'].map(count));
    const first = await all();
    expect(first.slice(0, 4)).toEqual([[300, 300], [40, 40], [8, 8], [2, 2]]);
    expect(first[4]?.every((offers) => offers >= 800 && offers <= 1_050)).toBe(true);
    expect([new Set((await rig.subgraph.raw('offers')).map(({ vendorId }) => vendorId)).size, new Set((await rig.subgraph.raw('products')).map(({ taxClass }) => taxClass))]).toEqual([12, new Set(['standard', 'reduced'])]);
    await rig.subgraph.running.seed();
    expect(await all()).toEqual(first);
  });

  it.each([[acme, 'handloom-jamdani-saree', 'bn', 'হাতে বোনা জামদানি শাড়ি'], [nordic, 'merino-roll-neck', 'sv', 'Polotröja i merinoull']] as const)('shows a guest what is sold, in both languages, with a picture', async (asker, slug, locale, title) => {
    const query = '{ product(slug: "SLUG") { title slug image { url } categories { slug parent { slug } } attributes { attribute { name } } variants { title offers { nodes { vendorId } } bestOffer { status } } } }'.replace('SLUG', slug);
    const { product } = await rig.run<{ product: Record<string, never> }>(query, {}, { ...asker, locale });
    expect(product).toMatchObject({ title, categories: [{ parent: { slug: 'clothing' } }] });
    const variants = product['variants'] as unknown as { title: string; bestOffer: unknown }[];
    expect(variants.length).toBeGreaterThan(1);
    expect(variants.every(({ bestOffer }) => bestOffer !== null)).toBe(true);
    const url = (product['image'] as unknown as { url: string }).url;
    expect(url.startsWith('http://images.localhost:4000/')).toBe(true);
    expect(seedPicture(new URL(url).pathname)).toContain('<svg');
  });
});
