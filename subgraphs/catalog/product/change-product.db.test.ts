import { newId } from '@haat/kit/id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantOf, mutation, nobody, productInput, startCatalog, type CatalogRig } from '../testing/catalog-rig.js';

let rig: CatalogRig;
beforeAll(async () => { rig = await startCatalog(); });
afterAll(() => rig?.[Symbol.asyncDispose]());

const change = (productId: string, more: object, fields = '') => rig.mutate('changeProduct', { productId, ...more }, fields);
const bySlug = async (slug: string, as: object = nobody) => (await rig.run<{ product: { id: string; slug: string; title: string } | null }>('query($slug: String) { product(slug: $slug) { id slug title } }', { slug }, as)).product;

describe('Changing a product', () => {
  it('changes what is given and leaves the rest, and says the whole state', async () => {
    const { id } = await rig.product({ slug: 'to-change', tags: ['old'], description: 'Kept.' });
    const changed = await change(id, { title: 'Changed Mug', tags: ['new', 'gift'] }, '... on Product { title slug description tags variants { sku } categories { slug } }');
    expect(changed).toMatchObject({ title: 'Changed Mug', slug: 'to-change', description: 'Kept.', tags: ['new', 'gift'], categories: [{ slug: 'kitchen' }] });
    const event = (await rig.subgraph.events(rig.tenant.id)).filter(({ aggregate }) => aggregate.id === id).at(-1);
    expect(event).toMatchObject({ type: 'catalog.product-changed', aggregate: { version: 3 }, payload: { tags: ['new', 'gift'], texts: { en: { title: 'Changed Mug', description: 'Kept.' } } } });
  });

  it('keeps a former slug leading here, and nobody else gets it [CAT-06]', async () => {
    const { id } = await rig.product({ slug: 'first-name' });
    await change(id, { slug: 'second-name' });
    expect(await bySlug('First-Name')).toMatchObject({ id, slug: 'second-name' });
    expect(await rig.mutate('createProduct', productInput({ slug: 'first-name' }))).toMatchObject({ __typename: 'SlugTaken' });
    expect(await change(id, { slug: 'first-name' }, '... on Product { slug }')).toMatchObject({ slug: 'first-name' });
  });

  it('replaces variants: those named stay themselves, and a SKU that is left is free [CAT-02]', async () => {
    const options = [{ name: 'Size', values: ['S', 'M', 'L'] }];
    const { id, variants } = await rig.product({ options, variants: [{ sku: 'CV-S', values: ['S'] }, { sku: 'CV-M', values: ['M'] }] });
    const next = [{ id: variants[1]?.id, sku: 'CV-M2', values: ['M'] }, { sku: 'CV-L', values: ['L'] }];
    expect(await change(id, { variants: next }, '... on Product { variants { id sku } }')).toMatchObject({ variants: [{ id: variants[1]?.id, sku: 'CV-M2' }, { sku: 'CV-L' }] });
    expect(await rig.mutate('createProduct', productInput({ variants: [{ sku: 'CV-S' }] }))).toMatchObject({ __typename: 'Product' });
    expect(await change(id, { variants: [{ sku: 'cv-s', values: ['S'] }] })).toMatchObject({ __typename: 'SkuTaken' });
    expect(await rig.refusal(mutation('changeProduct'), { input: { productId: id, variants: [{ id: newId('var'), sku: 'X', values: ['S'] }] } })).toMatchObject({ paths: ['input.variants.0.id'] });
    expect(await rig.refusal(mutation('changeProduct'), { input: { productId: id, options: [] } })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('does not take away a variant that is on offer', async () => {
    const { id, variants } = await rig.product();
    await rig.mutate('createOffer', { vendorId: newId('ven'), variantId: variants[0]?.id, vendorSku: 'V-1' });
    expect(await change(id, { variants: [{ sku: 'OTHER-1' }] }, '... on VariantOffered { variantId }')).toMatchObject({ __typename: 'VariantOffered', variantId: variants[0]?.id });
  });

  it('takes no required value from what shoppers see or will see, and any from a draft [CAT-03]', async () => {
    const drop = async (id: string) => change(id, { attributes: [{ key: 'organic', isTrue: true }] }, '... on AttributesMissing { missing: attributes } ... on Product { attributes { attribute { key } } }');
    const { id: shown } = await rig.product();
    const { id: planned } = await rig.product({}, true);
    await rig.mutate('publishProduct', { productId: planned, at: new Date(Date.now() + 86_400_000).toISOString() });
    for (const id of [shown, planned]) expect(await drop(id)).toMatchObject({ __typename: 'AttributesMissing', missing: ['volume'] });
    expect(await change(shown, { attributes: [{ key: 'volume', number: 5 }, { key: 'organic', isTrue: true }] })).toMatchObject({ __typename: 'Product' });
    const { id: draft } = await rig.product({}, true);
    expect(await drop(draft)).toMatchObject({ __typename: 'Product', attributes: [{ attribute: { key: 'organic' } }] });
  });

  it('lets what became required later stand in no other change’s way', async () => {
    const type = { key: 'later', name: 'Later', attributes: [{ key: 'size', name: 'Size', kind: 'NUMBER' }] };
    await rig.mutate('defineProductType', type);
    const { id } = await rig.product({ productType: 'later', attributes: [{ key: 'size', number: 1 }] });
    await rig.mutate('defineProductType', { ...type, attributes: [...type.attributes, { key: 'origin', name: 'Origin', kind: 'TEXT', isRequired: true }] });
    expect(await change(id, { attributes: [{ key: 'size', number: 2 }] })).toMatchObject({ __typename: 'Product' });
  });

  it('by many at once loses nothing', async () => {
    const { id } = await rig.product();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => change(id, n % 2 === 0 ? { title: `Title ${n}` } : { tags: [`tag ${n}`] })));
    expect(answers.every(({ __typename }) => __typename === 'Product')).toBe(true);
    const versions = (await rig.subgraph.events(rig.tenant.id)).filter(({ aggregate }) => aggregate.id === id).map(({ aggregate }) => aggregate.version);
    expect(versions).toEqual(Array.from({ length: 10 }, (_, n) => n + 1));
  });
});

describe('A product in several languages', () => {
  it('is read in the language of who asks, and in the default one where something is missing [CAT-11]', async () => {
    const options = [{ name: 'Colour', values: ['Red', 'Blue'], translations: [{ locale: 'sv', name: 'Färg', values: ['Röd', 'Blå'] }] }];
    const { id } = await rig.product({ title: 'Bowl', slug: 'the-bowl', options, variants: [{ sku: 'BOWL-B', values: ['Blue'] }], attributes: [{ key: 'volume', number: 2 }, { key: 'glaze', choices: ['shiny'] }] });
    const fields = 'title slug seo { title } options { name values } variants { title options { name value } } attributes { attribute { name } choices { name } } type { name }';
    const in_ = async (locale: string) => (await rig.run<{ product: object }>(`{ product(id: "${id}") { ${fields} } }`, {}, { ...nobody, locale })).product;
    expect(await in_('sv')).toMatchObject({ title: 'Bowl', slug: 'the-bowl', options: [{ name: 'Färg', values: ['Röd', 'Blå'] }], variants: [{ title: 'Blå', options: [{ name: 'Färg', value: 'Blå' }] }], type: { name: 'Porslin' } });
    const translation = { locale: 'sv', title: 'Skål', seo: { title: 'Skål av lera' } };
    expect(await rig.mutate('translateProduct', { productId: id, translation })).toMatchObject({ __typename: 'Product' });
    expect(await in_('sv')).toMatchObject({ title: 'Skål', slug: 'skål', seo: { title: 'Skål av lera' }, attributes: [{ attribute: { name: 'Volym' } }, { attribute: { name: 'Glaze' }, choices: [{ name: 'Blank' }] }] });
    expect(await in_('en')).toMatchObject({ title: 'Bowl', slug: 'the-bowl', variants: [{ title: 'Blue' }] });
    expect((await bySlug('skål'))?.id).toBe(id);
    await rig.mutate('removeProductTranslation', { productId: id, locale: 'sv' });
    expect(await in_('sv')).toMatchObject({ title: 'Bowl' });
    expect(await rig.mutate('removeProductTranslation', { productId: id, locale: 'sv' })).toMatchObject({ __typename: 'NotTranslated' });
  });

  it('speaks only languages of its marketplace, and slugs that are nobody else’s', async () => {
    const { id } = await rig.product();
    const attempt = (locale: string) => rig.refusal(mutation('translateProduct'), { input: { productId: id, translation: { locale, title: 'Kopp' } } });
    expect([(await attempt('bn')).code, (await attempt('en')).code]).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
    await rig.product({ slug: 'taken-in-english' });
    expect(await rig.mutate('translateProduct', { productId: id, translation: { locale: 'sv', title: 'Kopp', slug: 'taken-in-english' } })).toMatchObject({ __typename: 'SlugTaken' });
  });
});

describe('Facts of integrations', () => {
  it('are replaced whole, and private ones are for staff and tokens', async () => {
    const { id } = await rig.product();
    const entries = [{ key: 'erp', value: '1', isPrivate: true }, { key: 'colour-code', value: 'x' }, { key: 'erp', value: '2', isPrivate: true }];
    expect(await rig.mutate('setProductMetadata', { productId: id, entries }, '... on Product { metadata { key value } }')).toMatchObject({ metadata: [{ key: 'erp', value: '2' }, { key: 'colour-code', value: 'x' }] });
    expect(await rig.run(`{ product(id: "${id}") { metadata { key value } } }`, {}, nobody)).toEqual({ product: { metadata: [{ key: 'colour-code', value: 'x' }] } });
    const many = Array.from({ length: 51 }, (_, n) => ({ key: `k${n}`, value: 'x' }));
    expect(await rig.mutate('setProductMetadata', { productId: id, entries: many }, '... on TooMany { what limit message }')).toEqual({ __typename: 'TooMany', what: 'facts', limit: 50, message: 'A product has at most 50 facts.' });
  });
});

describe('The list of products', () => {
  it('is filtered by state, type, vendor, tag and text, and goes on from a cursor [CAT-01] [CAT-05]', async () => {
    const vendorId = newId('ven');
    const made: Awaited<ReturnType<CatalogRig['product']>>[] = [];
    for (const n of [1, 2, 3]) made.push(await rig.product({ title: `Zinnober Kettle ${n}`, tags: [`only-${n}`], variants: [{ sku: `ZK-${n}` }] }, n === 3));
    await rig.mutate('createOffer', { vendorId, variantId: made[0]?.variants[0]?.id, vendorSku: 'ZK' });
    const list = async (filter: object, page = '') => (await rig.run<{ products: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }>(`query($filter: ProductFilter) { products(sort: OLDEST ${page} filter: $filter) { nodes { id } pageInfo { hasNextPage endCursor } } }`, { filter })).products;
    const ids = async (filter: object) => (await list(filter)).nodes.map(({ id }) => made.findIndex((product) => product.id === id) + 1);
    expect([await ids({ text: 'zinnob' }), await ids({ text: 'ZINNOBER kettle', status: 'DRAFT' }), await ids({ text: 'zk-2' }), await ids({ tag: 'Only-1' }), await ids({ vendor: vendorId })]).toEqual([[1, 2, 3], [3], [2], [1], [1]]);
    expect(await ids({ type: 'unknown' })).toEqual([]);
    const first = await list({ text: 'zinnober' }, 'first: 2');
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await list({ text: 'zinnober' }, `first: 2 after: "${first.pageInfo.endCursor}"`);
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(made.map(({ id }) => id));
  });

  it('is for staff', async () => {
    const code = async (as: object) => (await rig.refusal('{ products { nodes { id } } }', {}, as)).code;
    expect([await code(nobody), await code(merchantOf(newId('ven'), ['orders.manage'])), await code(merchantOf(newId('ven'), ['catalog.read']))]).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', undefined]);
  });
});
