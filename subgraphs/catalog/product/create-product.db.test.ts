import { newId } from '@haat/kit/id';
import { testTenant } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimHoldMs, claimId } from '../claim/claim-keys.js';
import { productBytesMax } from '../limits.js';
import { merchantOf, mutation, nobody, productInput, startCatalog, type CatalogRig } from '../testing/catalog-rig.js';

let rig: CatalogRig;
beforeAll(async () => { rig = await startCatalog(); });
afterAll(() => rig?.[Symbol.asyncDispose]());

const create = (more: object = {}, fields = '') => rig.mutate('createProduct', productInput(more), fields);
const refused = (more: object) => rig.refusal(mutation('createProduct'), { input: productInput(more) });
const option = (name: string, ...values: string[]) => ({ name, values });

describe('Creating a product', () => {
  it('keeps product, options, variants and typed values at once, and says so [CAT-01] [CAT-02] [CAT-03]', async () => {
    const fields = `... on Product { id slug title status tags type { key taxClass } options { name values } variants { sku title options { name value } product { id } }
      attributes { attribute { key unit } number isTrue colour date text choices { key } } categories { slug } image { url alt } seo { title description } }`;
    const input = {
      title: '  Glazed   Mug ', tags: ['Gift', ' gift '], categoryIds: [rig.categoryId], seo: { description: 'A mug.' },
      options: [option('Colour', 'Red', 'Blue'), option('Size', 'S', 'L')], variants: [{ sku: 'GM-RS', values: ['Red', 'S'] }, { sku: 'GM-BL', values: ['Blue', 'L'] }],
      attributes: [{ key: 'volume', number: 250.5 }, { key: 'organic', isTrue: true }, { key: 'paint', colour: '#AA0000' }, { key: 'glaze', choices: ['matt'] }, { key: 'care', choices: ['oven', 'freezer'] }, { key: 'since', date: '2024-05-01' }, { key: 'note', text: 'By hand' }],
      images: [{ url: 'https://images.example/mug.jpg', width: 800, height: 600 }],
    };
    const product = await create(input, fields);
    expect(product).toMatchObject({
      slug: 'glazed-mug', status: 'DRAFT', tags: ['gift'], type: { key: 'crockery', taxClass: 'standard' }, categories: [{ slug: 'kitchen' }],
      options: [{ name: 'Colour', values: ['Red', 'Blue'] }, { name: 'Size', values: ['S', 'L'] }],
      variants: [{ sku: 'GM-RS', title: 'Red / S', options: [{ name: 'Colour', value: 'Red' }, { name: 'Size', value: 'S' }] }, { sku: 'GM-BL', title: 'Blue / L' }],
      image: { url: 'https://images.example/mug.jpg', alt: product['title'] }, seo: { title: product['title'], description: 'A mug.' },
    });
    expect((product['attributes'] as unknown as { attribute: { key: string } }[]).map(({ attribute }) => attribute.key)).toEqual(['volume', 'glaze', 'organic', 'paint', 'care', 'since', 'note']);
    const event = (await rig.subgraph.events(rig.tenant.id)).find(({ aggregate }) => aggregate.id === product.id);
    expect(event).toMatchObject({ type: 'catalog.product-changed', aggregate: { version: 1 }, payload: { productId: product.id, status: 'DRAFT', variants: [{ sku: 'GM-RS' }, { sku: 'GM-BL' }] } });
  });

  it('answers SlugTaken where another product has the slug, in whatever language and spelling [CAT-06]', async () => {
    await create({ slug: 'café-cup', translations: [{ locale: 'sv', title: 'Kopp', slug: 'kaffekopp' }] });
    expect(await create({ slug: 'CAFE\u0301-cup' })).toMatchObject({ __typename: 'SlugTaken' });
    expect(await create({ slug: 'kaffekopp' }, '... on SlugTaken { slug }')).toMatchObject({ __typename: 'SlugTaken', slug: 'kaffekopp' });
  });

  it('answers SkuTaken where another variant has the SKU, in whatever case, and gives back what it had claimed', async () => {
    await create({ variants: [{ sku: 'ONE-1' }] });
    const input = { slug: 'not-taken', options: [option('Size', 'S', 'L')], variants: [{ sku: 'TWO-2', values: ['S'] }, { sku: 'one-1', values: ['L'] }] };
    expect(await create(input, '... on SkuTaken { sku }')).toMatchObject({ __typename: 'SkuTaken', sku: 'one-1' });
    expect(await create({ slug: 'not-taken', variants: [{ sku: 'TWO-2' }] })).toMatchObject({ __typename: 'Product' });
  });

  it('makes no more than the plan allows, and says how many that are', async () => {
    const as = { tenant: testTenant({ limits: { products: 2 } }) };
    await rig.mutate('defineProductType', { key: 'crockery', name: 'Crockery', attributes: [{ key: 'volume', name: 'Volume', kind: 'NUMBER' }] }, '', as);
    const made = async () => rig.mutate('createProduct', productInput(), '... on ProductLimitReached { limit message }', as);
    expect([await made(), await made(), await made()]).toEqual([{ __typename: 'Product' }, { __typename: 'Product' }, { __typename: 'ProductLimitReached', limit: 2, message: 'The plan allows 2 products.' }]);
    expect(await create(), 'of a plan without a limit').toMatchObject({ __typename: 'Product' });
  });

  it('makes exactly as many as the plan allows of those that are wanted at once, and leaves the others nothing claimed', async () => {
    const as = { tenant: testTenant({ limits: { products: 5 } }) };
    await rig.mutate('defineProductType', { key: 'crockery', name: 'Crockery', attributes: [{ key: 'volume', name: 'Volume', kind: 'NUMBER' }] }, '', as);
    const inputs = Array.from({ length: 24 }, () => productInput());
    const outcomes = await Promise.all(inputs.map((input) => rig.mutate('createProduct', input, '', as)));
    expect(outcomes.map(({ __typename: type }) => type).toSorted()).toEqual([...Array(5).fill('Product'), ...Array(19).fill('ProductLimitReached')]);
    const refused = inputs.filter((_, n) => outcomes[n]?.__typename !== 'Product');
    const wider = { tenant: { ...as.tenant, limits: { products: 24 } } };
    expect((await Promise.all(refused.map((input) => rig.mutate('createProduct', input, '', wider)))).map(({ __typename: type }) => type)).toEqual(Array(19).fill('Product'));
  });

  it('lets the place of a maker who died be another one\'s after a while', async () => {
    const as = { tenant: testTenant({ limits: { products: 2 } }) };
    await rig.mutate('defineProductType', { key: 'crockery', name: 'Crockery', attributes: [{ key: 'volume', name: 'Volume', kind: 'NUMBER' }] }, '', as);
    const made = async () => (await rig.mutate('createProduct', productInput(), '', as)).__typename;
    const takenUntil = (until: number) => rig.subgraph.edit('places', `${as.tenant.id}:products`, { $set: { taken: [{ productId: newId('prod'), until: new Date(Date.now() + until) }] } });
    await made();
    await takenUntil(60_000);
    expect(await made()).toBe('ProductLimitReached');
    await takenUntil(-1);
    expect(await made()).toBe('Product');
  });

  it('answers UnknownAttribute and AttributeRejected by the product type [CAT-03]', async () => {
    expect(await create({ attributes: [{ key: 'smell', text: 'rose' }] }, '... on UnknownAttribute { attribute known }')).toMatchObject({ __typename: 'UnknownAttribute', attribute: 'smell', known: expect.arrayContaining(['volume']) });
    expect(await create({ attributes: [{ key: 'volume', text: '300' }] }, '... on AttributeRejected { attribute expected }')).toMatchObject({ __typename: 'AttributeRejected', attribute: 'volume' });
    expect(await create({ attributes: [{ key: 'glaze', choices: ['gold'] }] })).toMatchObject({ __typename: 'AttributeRejected' });
  });

  it('refuses what does not fit together, with where it is', async () => {
    const options = [option('Size', 'S', 'L')];
    expect(await refused({ options, variants: [{ sku: 'A', values: ['M'] }] })).toEqual({ code: 'BAD_USER_INPUT', paths: ['input.variants.0.values.0'] });
    expect(await refused({ options, variants: [{ sku: 'A', values: ['S'] }, { sku: 'B', values: ['S'] }] })).toMatchObject({ paths: ['input.variants.1.values'] });
    expect(await refused({ categoryIds: [newId('cat')] })).toEqual({ code: 'BAD_USER_INPUT', paths: ['input.categoryIds.0'] });
    expect(await refused({ images: [{ url: 'http://images.example/a.jpg', width: 1, height: 1 }] })).toMatchObject({ paths: ['input.images.0.url'] });
    expect(await refused({ translations: [{ locale: 'bn', title: 'মগ' }] })).toEqual({ code: 'BAD_USER_INPUT', paths: ['input.translations'] });
    expect(await refused({ productType: 'unknown' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused({ slug: 'a\u202eb' })).toMatchObject({ code: 'BAD_USER_INPUT', paths: ['input.slug'] });
  });

  it('refuses more than its limits', async () => {
    const values = Array.from({ length: 100 }, (_, n) => `${n}`);
    const variants = Array.from({ length: 101 }, (_, n) => ({ sku: `L-${n}`, values: [`${n % 100}`] }));
    expect(await refused({ options: [option('Size', ...values)], variants })).toMatchObject({ paths: ['input.variants'] });
    expect(await refused({ tags: Array.from({ length: 31 }, (_, n) => `t${n}`) })).toMatchObject({ paths: ['input.tags'] });
    expect(await refused({ variants: [] })).toMatchObject({ paths: ['input.variants'] });
    expect(await create({ options: [option('Size', ...values)], variants: variants.slice(0, 100) })).toMatchObject({ __typename: 'Product' });
    const tenant = testTenant({ locales: ['en', 'sv', 'de', 'fr', 'it', 'es', 'nl', 'da', 'fi', 'nb', 'pl', 'pt'] });
    await rig.mutate('defineProductType', { key: 'crockery', name: 'Crockery', attributes: [] }, '', { tenant });
    const translations = tenant.locales.slice(1).map((locale) => ({ locale, title: locale, description: 'x'.repeat(19_000) }));
    expect(productBytesMax).toBeLessThan(11 * 19_000);
    expect(await rig.refusal(mutation('createProduct'), { input: productInput({ attributes: [], translations }) }, { tenant })).toEqual({ code: 'BAD_USER_INPUT', paths: ['input'] });
  });

  it('is for operators, and for merchants at their own vendor', async () => {
    const vendorId = newId('ven');
    const attempt = (input: object, as: object) => rig.refusal(mutation('createProduct'), { input: productInput(input) }, as);
    expect((await attempt({}, nobody)).code).toBe('UNAUTHENTICATED');
    expect((await attempt({}, merchantOf(vendorId))).code).toBe('FORBIDDEN');
    expect((await attempt({ vendorId: newId('ven') }, merchantOf(vendorId))).code).toBe('FORBIDDEN');
    expect((await attempt({ vendorId }, merchantOf(vendorId, ['orders.manage']))).code).toBe('FORBIDDEN');
    expect(await rig.mutate('createProduct', productInput({ vendorId }), '... on Product { vendorId }', merchantOf(vendorId))).toMatchObject({ __typename: 'Product', vendorId });
  });
});

describe('Many who want the same key at once', () => {
  it.each([['slug', () => ({ slug: 'raced-mug' }), 'SlugTaken'], ['SKU', () => ({ variants: [{ sku: 'RACED-1' }] }), 'SkuTaken']])('get one %s between them', async (_, more, problem) => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => create(more())));
    const names = answers.map(({ __typename }) => __typename).toSorted();
    expect(names).toEqual(['Product', ...Array.from({ length: 11 }, () => problem)]);
  });

  it('do so in each marketplace by itself', async () => {
    const tenant = testTenant();
    await rig.mutate('defineProductType', { key: 'crockery', name: 'Crockery', attributes: [] }, '', { tenant });
    const input = productInput({ slug: 'in-both', attributes: [] });
    expect(await rig.mutate('createProduct', input)).toMatchObject({ __typename: 'Product' });
    expect(await rig.mutate('createProduct', input, '', { tenant })).toMatchObject({ __typename: 'Product' });
  });

  it('get a key whose claimer died, but not while it may still come', async () => {
    const key = claimId(rig.tenant.id, { kind: 'product', key: 'orphaned' });
    const made = await create({ slug: 'orphaned' }, '... on Product { id }');
    await rig.subgraph.edit('claims', key, { $set: { ownerId: newId('prod') } });
    expect(await create({ slug: 'orphaned' })).toMatchObject({ __typename: 'SlugTaken' });
    await rig.subgraph.edit('claims', key, { $set: { claimedAt: new Date(Date.now() - claimHoldMs - 1) } });
    const answers = await Promise.all(Array.from({ length: 6 }, () => create({ slug: 'orphaned' })));
    expect(answers.filter(({ __typename }) => __typename === 'Product')).toHaveLength(1);
    await rig.subgraph.edit('claims', key, { $set: { ownerId: made.id, claimedAt: new Date(0) } });
    expect(await create({ slug: 'orphaned' })).toMatchObject({ __typename: 'SlugTaken' });
  });
});
