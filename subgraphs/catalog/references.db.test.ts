import { newId } from '@haat/kit/id';
import { onBoundary } from '@haat/kit/boundary';
import { testTenant } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nobody, startCatalog, type CatalogRig } from './testing/catalog-rig.js';

const productsMax = 100;
let rig: CatalogRig;
const made: { id: string; variantId: string; offerId: string; imageId: string }[] = [];
const categoryIds: string[] = [];
const collectionIds: string[] = [];

beforeAll(async () => {
  rig = await startCatalog({ isWithoutJobs: true });
  for (let n = 0; n < productsMax; n += 1) {
    categoryIds.push((await rig.mutate('createCategory', { name: `Place ${n}`, parentId: rig.categoryId }, '... on Category { id }')).id);
    collectionIds.push((await rig.mutate('createCollection', { name: `Table ${n}` }, '... on Collection { id }')).id);
    const options = [{ name: 'Size', values: ['S', 'L'] }];
    const images = [{ url: `https://images.example/${n}.jpg`, width: 10, height: 10 }];
    const product = await rig.product({ options, variants: [{ sku: `S-${n}`, values: ['S'] }, { sku: `L-${n}`, values: ['L'] }], images, categoryIds: [categoryIds[n]] });
    const variantId = product.variants[1]?.id ?? '';
    const offer = await rig.mutate('createOffer', { vendorId: newId('ven'), variantId, vendorSku: `${n}` }, '... on Offer { id }');
    const image = await rig.run<{ product: { image: { id: string } } }>(`{ product(id: "${product.id}") { image { id } } }`);
    made.push({ id: product.id, variantId, offerId: offer.id, imageId: image.product.image.id });
  }
}, 120_000);
afterAll(() => rig?.[Symbol.asyncDispose]());

/** The commands that one operation sends. */
async function commands(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  onBoundary((name) => void (name.endsWith(':before') && sent.push(name.replace(/^catalog\/|:before$/g, ''))));
  await work().finally(() => onBoundary(undefined));
  return sent;
}

const entities = (type: string, ids: readonly string[], fields: string, as: object = nobody) => rig.run<{ _entities: (Record<string, unknown> | null)[] }>(`query($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${fields} } } }`, { r: ids.map((id) => ({ __typename: type, id })) }, as);

const cases = [
  ['Product', 'id title attributes { number attribute { name } } type { name } categories { name parent { name } ancestors { name } } variants { title offers { nodes { id vendor { id } } } bestOffer { id } }', ({ id }: (typeof made)[number]) => id],
  ['ProductVariant', 'id title product { title }', ({ variantId }: (typeof made)[number]) => variantId],
  ['Offer', 'id variant { title product { title } }', ({ offerId }: (typeof made)[number]) => offerId],
  ['ProductImage', 'id url alt', ({ imageId }: (typeof made)[number]) => imageId],
] as const;

describe('Entities that others refer to', () => {
  it.each(cases)('%s: as many statements for 100 as for 5, and each in its place', async (type, fields, keyOf) => {
    const few = await commands(() => entities(type, made.slice(0, 5).map(keyOf), fields));
    const many = await commands(() => entities(type, made.map(keyOf), fields));
    expect(many.toSorted()).toEqual(few.toSorted());
    const ids = [made[7], made[3], made[7]].map((product) => (product ? keyOf(product) : ''));
    expect((await entities(type, [...ids, newId('prod')], fields))._entities.map((entity) => entity?.['id'] ?? null)).toEqual([...ids, null]);
  });

  it.each([['Category', 'id name children { id } parent { name }', () => categoryIds], ['Collection', 'id name', () => collectionIds]] as const)('%s: as many statements for 100 as for 5, and each in its place', async (type, fields, ids) => {
    const [few, many] = [await commands(() => entities(type, ids().slice(0, 5), fields)), await commands(() => entities(type, ids(), fields))];
    expect(many.toSorted()).toEqual(few.toSorted());
    expect((await entities(type, [ids()[9] ?? '', 'nothing'], fields))._entities.map((entity) => entity?.['id'] ?? null)).toEqual([ids()[9], null]);
  });

  it('are looked up by one statement each; an offer asks for its product as well, which decides who sees it', async () => {
    const one = async (type: string, keys: readonly string[]) => commands(() => entities(type, keys, 'id'));
    const sent = await Promise.resolve().then(async () => [await one('Product', made.map(({ id }) => id)), await one('ProductVariant', made.map(({ variantId }) => variantId)), await one('ProductImage', made.map(({ imageId }) => imageId)), await one('Category', categoryIds), await one('Collection', collectionIds), await one('Offer', made.map(({ offerId }) => offerId))]);
    expect(sent).toEqual([['find products'], ['find products'], ['find products'], ['find categories'], ['find product_collections'], ['find offers', 'find products']]);
  });

  it('are null for shoppers while unpublished, and for everybody in another marketplace', async () => {
    const draft = await rig.product({}, true);
    expect((await entities('Product', [draft.id], 'id'))._entities).toEqual([null]);
    expect((await entities('ProductVariant', [draft.variants[0]?.id ?? ''], 'id'))._entities).toEqual([null]);
    const elsewhere = { viewer: rig.operator, tenant: testTenant() };
    for (const [type, , keyOf] of cases) expect((await entities(type, made.slice(0, 2).map(keyOf), 'id', elsewhere))._entities).toEqual([null, null]);
  });

  it('are listed by as many statements for 100 as for 5', async () => {
    const list = (first: number) => commands(() => rig.run(`{ products(first: ${first}) { nodes { title type { name } categories { name } variants { bestOffer { id } } } } }`));
    expect((await list(100)).toSorted()).toEqual((await list(5)).toSorted());
  });
});

describe('Saying everything again', () => {
  it('says each once in its state, marked as said again, for a search to be built of it [CAT-10]', async () => {
    await rig.subgraph.running.republish([rig.tenant.id], 'catalog.offer-changed.v1');
    const again = async () => (await rig.subgraph.events(rig.tenant.id)).filter(({ republished }) => republished);
    expect((await again()).map(({ type }) => type)).toEqual(made.map(() => 'catalog.offer-changed'));
    await rig.subgraph.running.republish([rig.tenant.id]);
    const counts = Object.groupBy(await again(), ({ type }) => type);
    expect(Object.fromEntries(Object.entries(counts).map(([type, events]) => [type, events?.length]))).toMatchObject({ 'catalog.product-published': 100, 'catalog.category-changed': 101, 'catalog.collection-changed': 100, 'catalog.offer-changed': 200 });
  });
});
