import { mutate } from '../../../support/mutate.js';
import { inOwnTenant, is, mutation, type WallCase } from '../../case.js';
import type { World } from '../../world.js';
import { draft, made, offer, offerOf, productOf, published, someWord, type Goods } from './goods.js';

const product = '... on Product { id title status }';
const entries = [{ key: 'erp', value: 'A-1', isPrivate: true }];
const bengali = () => ({ locale: 'bn', title: someWord('hari') });

/** Goods, and an input that names them. */
async function about(goods: Promise<Goods>, input: Record<string, unknown> = {}) {
  const { owner, productId } = await goods;
  return { owner, variables: { input: { productId, ...input } }, marks: [productId] };
}

async function aboutOffer(world: World, input: Record<string, unknown>) {
  const { owner, offerId } = await offer(world, true);
  return { owner, variables: { input: { offerId, ...input } }, marks: [offerId] };
}

/** Goods as they are changed. */
export const writingCases: readonly WallCase[] = [
  {
    field: 'Mutation.createCategory', when: 'below another',
    document: mutation('createCategory', '... on Category { id }'),
    arrange: async (world) => {
      const { owner, id } = await made(world, 'Category');
      return { owner, variables: { input: { name: someWord('below'), parentId: id } }, marks: [id] };
    },
    succeeded: is('Category'),
  },
  {
    field: 'Mutation.changeCategory',
    document: mutation('changeCategory', '... on Category { id name }'),
    arrange: async (world) => {
      const { owner, id } = await made(world, 'Category');
      return { owner, variables: { input: { categoryId: id, name: 'Renamed' } }, marks: [id] };
    },
    succeeded: is('Category'),
  },
  {
    field: 'Mutation.createCollection', when: 'of products',
    document: mutation('createCollection', '... on Collection { id }'),
    arrange: async (world) => {
      const { owner, productId } = await draft(world);
      return { owner, variables: { input: { name: someWord('best'), productIds: [productId] } }, marks: [productId] };
    },
    succeeded: is('Collection'),
  },
  {
    field: 'Mutation.defineProductType',
    document: mutation('defineProductType', '... on ProductType { key name }'),
    arrange: async (world) => {
      const { owner, productId } = await draft(world);
      return { owner, variables: { input: { key: someWord('type'), name: 'Pans', attributes: [] } }, marks: [productId] };
    },
    succeeded: is('ProductType'),
    exceptions: inOwnTenant('An operator defines the product types of their own shop.'),
  },
  {
    field: 'Mutation.createProduct',
    document: mutation('createProduct', '... on Product { id }'),
    arrange: async (world) => {
      const { owner, productType } = await draft(world);
      return { owner, variables: { input: productOf(productType) }, marks: [productType] };
    },
    succeeded: is('Product'),
  },
  { field: 'Mutation.changeProduct', document: mutation('changeProduct', product), arrange: (world) => about(draft(world), { title: 'Renamed' }), succeeded: is('Product') },
  { field: 'Mutation.publishProduct', document: mutation('publishProduct', product), arrange: (world) => about(draft(world)), succeeded: is('Product') },
  { field: 'Mutation.archiveProduct', document: mutation('archiveProduct', product), arrange: (world) => about(published(world)), succeeded: is('Product') },
  { field: 'Mutation.translateProduct', document: mutation('translateProduct', product), arrange: (world) => about(published(world), { translation: bengali() }), succeeded: is('Product') },
  {
    field: 'Mutation.removeProductTranslation',
    document: mutation('removeProductTranslation', product),
    arrange: async (world) => {
      const arranged = await about(published(world), { locale: bengali().locale });
      await mutate(world.door, arranged.owner, 'translateProduct', { productId: arranged.variables.input.productId, translation: bengali() });
      return arranged;
    },
    succeeded: is('Product'),
  },
  { field: 'Mutation.setProductMetadata', document: mutation('setProductMetadata', product), arrange: (world) => about(published(world), { entries }), succeeded: is('Product') },
  {
    field: 'Mutation.createOffer',
    document: mutation('createOffer', '... on Offer { id }'),
    arrange: async (world) => {
      const { owner, variantId } = await published(world);
      return { owner, variables: { input: offerOf(variantId) }, marks: [variantId] };
    },
    succeeded: is('Offer'),
  },
  { field: 'Mutation.changeOffer', document: mutation('changeOffer', '... on Offer { id status }'), arrange: (world) => aboutOffer(world, { status: 'PAUSED' }), succeeded: is('Offer') },
  { field: 'Mutation.setOfferMetadata', document: mutation('setOfferMetadata', '... on Offer { id }'), arrange: (world) => aboutOffer(world, { entries }), succeeded: is('Offer') },
];
