import { catalogDescribe } from '@haat/schema/asks/catalog';
import { newId } from '@haat/kit/id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantOf, mutation, nobody, startCatalog, type CatalogRig } from '../testing/catalog-rig.js';

let rig: CatalogRig;
const vendorId = newId('ven');
beforeAll(async () => {
  rig = await startCatalog();
  await rig.approve(vendorId);
});
afterAll(() => rig?.[Symbol.asyncDispose]());

const merchant = merchantOf(vendorId);
let count = 0;
const input = (variantId: string | undefined, more: object = {}) => ({ vendorId, variantId, vendorSku: `V-${count += 1}`, ...more });
const offer = (variantId: string | undefined, more: object = {}, fields = '... on Offer { id }', as: object = merchant) => rig.mutate('createOffer', input(variantId, more), fields, as);
const variantOf = async (more: object = {}) => (await rig.product(more)).variants[0]?.id;
const read = async (id: string, as: object = nobody) => (await rig.run<{ offer: Record<string, unknown> | null }>(`{ offer(id: "${id}") { id status vendorId vendor { id } vendorSku weightGrams variant { id sku product { title } } } }`, {}, as)).offer;

describe('Offering a variant', () => {
  it('is seen by everybody, with its vendor as others know it, and said', async () => {
    const variantId = await variantOf({ title: 'Offered Mug', slug: 'offered-mug' });
    const { id } = await offer(variantId, { vendorSku: 'OM-1', weightGrams: 420, maxPerOrder: 3 });
    expect(await read(id)).toEqual({ id, status: 'ACTIVE', vendorId, vendor: { id: vendorId }, vendorSku: 'OM-1', weightGrams: 420, variant: { id: variantId, sku: expect.any(String), product: { title: 'Offered Mug' } } });
    const event = (await rig.subgraph.events(rig.tenant.id)).find(({ aggregate }) => aggregate.id === id);
    expect(event).toMatchObject({ type: 'catalog.offer-changed', aggregate: { version: 1 }, payload: { offerId: id, variantId, vendorId, weightGrams: 420, maxPerOrder: 3, status: 'ACTIVE', shippingProfile: 'standard' } });
  });

  it('answers OfferExists and VendorSkuTaken, also to many at once', async () => {
    const variantId = await variantOf();
    const answers = await Promise.all(Array.from({ length: 8 }, () => offer(variantId)));
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual(['Offer', ...Array.from({ length: 7 }, () => 'OfferExists')]);
    const [a, b] = [await variantOf(), await variantOf()];
    await offer(a, { vendorSku: 'TWICE' });
    expect(await offer(b, { vendorSku: 'TWICE' }, '... on VendorSkuTaken { vendorSku }')).toMatchObject({ __typename: 'VendorSkuTaken', vendorSku: 'TWICE' });
    expect(await offer(b, { vendorSku: 'TWICE', vendorId: newId('ven') }, '', {})).toMatchObject({ __typename: 'Offer' });
  });

  it('is for the vendor’s own people, and of variants there are', async () => {
    const [variantId, waiting] = [await variantOf(), newId('ven')];
    const code = async (more: object, as: object) => (await rig.refusal(mutation('createOffer'), { input: input(variantId, more) }, as)).code;
    expect(await code({ vendorId: waiting }, merchantOf(waiting)), 'not approved yet').toBe('FORBIDDEN');
    expect(await offer(variantId, { vendorId: waiting, isActive: false }, '', merchantOf(waiting))).toMatchObject({ __typename: 'Offer' });
    expect([await code({}, nobody), await code({}, merchantOf(newId('ven'))), await code({ vendorId: newId('ven') }, merchant), await code({ variantId: newId('var') }, merchant)]).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND']);
    expect(await rig.refusal(mutation('createOffer'), { input: input(variantId, { weightGrams: 0 }) }, merchant)).toEqual({ code: 'BAD_USER_INPUT', paths: ['input.weightGrams'] });
  });
});

describe('Changing an offer', () => {
  it('moves it between its states; blocking is for operators', async () => {
    const { id } = await offer(await variantOf(), { isActive: false });
    const move = (status: string, as: object) => rig.mutate('changeOffer', { offerId: id, status }, '... on Offer { status } ... on OfferStatusRefused { from to }', as);
    expect([await read(id), (await read(id, merchant))?.['status'], await read(id, merchantOf(newId('ven')))]).toEqual([null, 'DRAFT', null]);
    expect(await move('ACTIVE', merchant)).toMatchObject({ status: 'ACTIVE' });
    expect(await move('BLOCKED', merchant)).toMatchObject({ __typename: 'OfferStatusRefused', from: 'ACTIVE', to: 'BLOCKED' });
    expect(await move('BLOCKED', {})).toMatchObject({ status: 'BLOCKED' });
    expect(await move('ACTIVE', merchant)).toMatchObject({ __typename: 'OfferStatusRefused' });
    expect(await read(id)).toBeNull();
    expect((await rig.refusal(mutation('changeOffer'), { input: { offerId: id, status: 'PAUSED' } }, merchantOf(newId('ven')))).code).toBe('NOT_FOUND');
  });

  it('answers VendorSkuTaken, and keeps what is left out', async () => {
    const one = await offer(await variantOf(), { vendorSku: 'CO-1', weightGrams: 5, maxPerOrder: 2 });
    await offer(await variantOf(), { vendorSku: 'CO-2' });
    expect(await rig.mutate('changeOffer', { offerId: one.id, vendorSku: 'CO-2' }, '', merchant)).toMatchObject({ __typename: 'VendorSkuTaken' });
    expect(await rig.mutate('changeOffer', { offerId: one.id, maxPerOrder: null }, '... on Offer { vendorSku weightGrams maxPerOrder }', merchant)).toMatchObject({ vendorSku: 'CO-1', weightGrams: 5, maxPerOrder: null });
    expect(await rig.mutate('setOfferMetadata', { offerId: one.id, entries: [{ key: 'bin', value: '7' }] }, '... on Offer { metadata { key value } }', merchant)).toMatchObject({ metadata: [{ key: 'bin', value: '7' }] });
  });

  it('brings no offer back whose variant the product has no more', async () => {
    const options = [{ name: 'Size', values: ['S', 'L'] }];
    const product = await rig.product({ options, variants: [{ sku: newId('var').slice(-9), values: ['S'] }, { sku: newId('var').slice(-9), values: ['L'] }] });
    const [small, large] = product.variants;
    const { id } = await offer(large?.id);
    await rig.mutate('changeOffer', { offerId: id, status: 'ARCHIVED' }, '', merchant);
    expect(await rig.mutate('changeProduct', { productId: product.id, options: [{ name: 'Size', values: ['S'] }], variants: [{ ...small, values: ['S'] }] })).toMatchObject({ __typename: 'Product' });
    for (const status of ['ACTIVE', 'DRAFT']) expect(await rig.mutate('changeOffer', { offerId: id, status }, '... on OfferStatusRefused { from to message }', merchant)).toEqual({ __typename: 'OfferStatusRefused', from: 'ARCHIVED', to: status, message: 'Its product does not come in this variant any more.' });
    expect((await rig.subgraph.events(rig.tenant.id)).filter(({ type, payload }) => type === 'catalog.offer-changed' && payload['offerId'] === id).map(({ payload }) => payload['status'])).toEqual(['ACTIVE', 'ARCHIVED']);
  });

  it('shows private facts to tokens of the marketplace and of its vendor, and to no other vendor’s', async () => {
    const [one, two] = [newId('ven'), newId('ven')];
    await rig.approve(one, two);
    const product = await rig.product({ vendorId: one });
    const { id } = await offer(product.variants[0]?.id, { vendorId: two }, '... on Offer { id }', {});
    const entries = [{ key: 'erp', value: '17', isPrivate: true }];
    await rig.mutate('setProductMetadata', { productId: product.id, entries });
    await rig.mutate('setOfferMetadata', { offerId: id, entries });
    const seen = async (...vendorIds: string[]) => {
      const viewer = { kind: 'TOKEN' as const, tokenId: 'tok_x', roles: ['PARTNER' as const], grants: [], vendors: vendorIds.map((vendorId) => ({ id: vendorId, grants: ['orders.read'] })) };
      const found = await rig.run<Record<'product' | 'offer', { metadata: object[] }>>(`{ product(id: "${product.id}") { metadata { key } } offer(id: "${id}") { metadata { key } } }`, {}, { viewer });
      return [found.product.metadata.length, found.offer.metadata.length];
    };
    expect([await seen(), await seen(one), await seen(two), await seen(newId('ven'))]).toEqual([[1, 1], [1, 0], [0, 1], [0, 0]]);
  });
});

describe('Offers of a variant', () => {
  it('are those for sale, the one made first in front', async () => {
    const product = await rig.product();
    const variantId = product.variants[0]?.id;
    const made: { readonly id: string }[] = [];
    for (const _ of [1, 2, 3]) made.push(await offer(variantId, { vendorId: newId('ven') }, '... on Offer { id }', {}));
    await offer(variantId, { vendorId: newId('ven'), isActive: false }, '', {});
    const query = `{ product(id: "${product.id}") { variants { offers(first: 2) { totalCount nodes { id } pageInfo { hasNextPage } } } } }`;
    const found = await rig.run<{ product: object }>(query, {}, nobody);
    expect(found.product).toEqual({ variants: [{ offers: { totalCount: 3, nodes: made.slice(0, 2).map(({ id }) => ({ id })), pageInfo: { hasNextPage: true } } }] });
  });

  it('go with a product that shoppers see no more', async () => {
    const product = await rig.product();
    const { id } = await offer(product.variants[0]?.id);
    await rig.mutate('archiveProduct', { productId: product.id });
    expect([await read(id), (await read(id, {}))?.['id']]).toEqual([null, id]);
  });
});

describe('What a checkout is told of goods', () => {
  it('is in the language of who asks, with the way to the category, and why it is not for sale', async () => {
    const product = await rig.product({ title: 'Told Mug', slug: 'told-mug', translations: [{ locale: 'sv', title: 'Berättad mugg' }] });
    const { id } = await offer(product.variants[0]?.id, { weightGrams: 500 });
    const ask = async () => (await rig.subgraph.put({ tenant: rig.tenant, locale: 'sv' }, catalogDescribe, { offerIds: [id, newId('ofr'), id] })).offers;
    expect(await ask()).toEqual([expect.objectContaining({ offerId: id, productId: product.id, vendorId, title: 'Berättad mugg', taxClass: 'standard', productType: 'crockery', weightGrams: 500, maxPerOrder: null, categoryPaths: [[rig.categoryId]], whyNot: null })]);
    await rig.mutate('changeOffer', { offerId: id, status: 'PAUSED' });
    expect((await ask())[0]?.whyNot).toBe('OFFER_NOT_ACTIVE');
    await rig.mutate('archiveProduct', { productId: product.id });
    expect((await ask())[0]?.whyNot).toBe('PRODUCT_NOT_PUBLISHED');
  });
});
