import { inOwnTenant, type WallCase } from '../../case.js';
import { draft, made, offer, published, shownInTheShop } from './goods.js';

const listsOwn = { 'the same role in another tenant': { kind: 'own', why: 'Everybody reads the lists of the shop they are in.' } } as const;
const showsMark: WallCase['succeeded'] = (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? '-');

/** Goods as they are read. */
export const readingCases: readonly WallCase[] = [
  {
    field: 'Query.category',
    document: 'query($id: ID) { category(id: $id) { id name } }',
    arrange: async (world) => {
      const { owner, id } = await made(world, 'Category');
      return { owner, variables: { id }, marks: [id] };
    },
    succeeded: showsMark,
    exceptions: shownInTheShop,
  },
  {
    field: 'Query.categories',
    document: '{ categories(first: 100) { nodes { id } } }',
    arrange: async (world) => {
      const { owner, id } = await made(world, 'Category');
      return { owner, variables: {}, marks: [id] };
    },
    succeeded: showsMark,
    exceptions: { ...shownInTheShop, ...listsOwn },
  },
  {
    field: 'Query.collection',
    document: 'query($id: ID) { collection(id: $id) { id name } }',
    arrange: async (world) => {
      const { owner, id } = await made(world, 'Collection');
      return { owner, variables: { id }, marks: [id] };
    },
    succeeded: showsMark,
    exceptions: shownInTheShop,
  },
  {
    field: 'Query.product', when: 'that is published',
    document: 'query($id: ID) { product(id: $id) { id title variants { id } } }',
    arrange: async (world) => {
      const { owner, productId } = await published(world);
      return { owner, variables: { id: productId }, marks: [productId] };
    },
    succeeded: showsMark,
    exceptions: shownInTheShop,
  },
  {
    field: 'Query.product', when: 'that is a draft',
    document: 'query($id: ID) { product(id: $id) { id title variants { id } } }',
    arrange: async (world) => {
      const { owner, productId } = await draft(world);
      return { owner, variables: { id: productId }, marks: [productId] };
    },
    succeeded: showsMark,
  },
  {
    field: 'Query.products',
    document: '{ products(first: 100) { nodes { id status } } }',
    arrange: async (world) => {
      const { owner, productId } = await draft(world);
      return { owner, variables: {}, marks: [productId] };
    },
    succeeded: showsMark,
    exceptions: inOwnTenant('Staff read the goods of their own shop.'),
  },
  {
    field: 'Query.productTypes',
    document: '{ productTypes(first: 100) { nodes { key } } }',
    arrange: async (world) => {
      const { owner, productType } = await draft(world);
      return { owner, variables: {}, marks: [productType] };
    },
    succeeded: showsMark,
    exceptions: { ...inOwnTenant('Staff read the product types of their own shop.'), 'another vendor\'s merchant': { kind: 'theirs', why: 'Whoever makes products needs to know their types.' } },
  },
  {
    field: 'Query.offer', when: 'that is for sale',
    document: 'query($id: ID!) { offer(id: $id) { id vendorSku } }',
    arrange: async (world) => {
      const { owner, offerId } = await offer(world, true);
      return { owner, variables: { id: offerId }, marks: [offerId] };
    },
    succeeded: showsMark,
    exceptions: shownInTheShop,
  },
  {
    field: 'Query.offer', when: 'that is not for sale',
    document: 'query($id: ID!) { offer(id: $id) { id vendorSku } }',
    arrange: async (world) => {
      const { owner, offerId } = await offer(world, false);
      return { owner, variables: { id: offerId }, marks: [offerId] };
    },
    succeeded: showsMark,
  },
];
