import { mutate } from '../../../support/mutate.js';
import { inOwnTenant, is, mutation, type Arranged, type WallCase } from '../../case.js';
import type { World } from '../../world.js';
import { draft, made, offer, published, shownInTheShop, someWord } from './goods.js';

const showsMark: WallCase['succeeded'] = (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? '-');
const integrates = { 'a partner\'s token': { kind: 'theirs', why: 'Private facts are kept from people, not from integrations.' } } as const;

/** A private fact in an input, of a value that nothing else has. */
function privateFact() {
  const value = someWord('fact');
  return { value, entries: [{ key: 'erp', value, isPrivate: true }] };
}

/** What is found by a slug of its own. */
function bySlug({ owner, id }: { readonly owner: Arranged['owner']; readonly id: string }, slug: string): Arranged {
  return { owner, variables: { slug }, marks: [id] };
}

/** A product type of a name that only it has, and an input that replaces it. The key says nothing: another shop may have the same. */
async function replacingType(world: World): Promise<Arranged> {
  const owner = await world.operator();
  const [key, name] = [someWord('type'), someWord('Pots')];
  await mutate(world.door, owner, 'defineProductType', { key, name, attributes: [] });
  return { owner, variables: { input: { key, name: 'Pans', attributes: [] } }, marks: [name] };
}

/** What is reached by another way than an id, or lies within what everybody sees. */
export const behindCases: readonly WallCase[] = [
  {
    field: 'Query.product', when: 'that is a draft, by its slug',
    document: 'query($slug: String) { product(slug: $slug) { id } }',
    arrange: async (world) => {
      const { owner, productId: id } = await draft(world);
      const slug = someWord('slug');
      await mutate(world.door, owner, 'changeProduct', { productId: id, slug });
      return bySlug({ owner, id }, slug);
    },
    succeeded: showsMark,
  },
  {
    field: 'Query.category', when: 'by its slug',
    document: 'query($slug: String) { category(slug: $slug) { id } }',
    arrange: async (world) => {
      const { owner, id } = await made(world, 'Category');
      const slug = someWord('slug');
      await mutate(world.door, owner, 'changeCategory', { categoryId: id, slug });
      return bySlug({ owner, id }, slug);
    },
    succeeded: showsMark,
    exceptions: shownInTheShop,
  },
  {
    field: 'Query.collection', when: 'by its slug',
    document: 'query($slug: String) { collection(slug: $slug) { id } }',
    arrange: async (world) => {
      const owner = await world.operator();
      const slug = someWord('slug');
      const { id } = await mutate(world.door, owner, 'createCollection', { name: 'Best', slug, productIds: [] }, '... on Collection { id }');
      return bySlug({ owner, id: String(id) }, slug);
    },
    succeeded: showsMark,
    exceptions: shownInTheShop,
  },
  {
    field: 'Query.product', when: 'asked for its private facts',
    document: 'query($id: ID) { product(id: $id) { id metadata { key value } } }',
    arrange: async (world) => {
      const { owner, productId } = await published(world);
      const { value, entries } = privateFact();
      await mutate(world.door, owner, 'setProductMetadata', { productId, entries });
      return { owner, variables: { id: productId }, marks: [value] };
    },
    succeeded: showsMark,
    exceptions: integrates,
  },
  {
    field: 'Query.offer', when: 'asked for its private facts',
    document: 'query($id: ID!) { offer(id: $id) { id metadata { key value } } }',
    arrange: async (world) => {
      const { owner, offerId } = await offer(world, true);
      const { value, entries } = privateFact();
      await mutate(world.door, owner, 'setOfferMetadata', { offerId, entries });
      return { owner, variables: { id: offerId }, marks: [value] };
    },
    succeeded: showsMark,
    exceptions: integrates,
  },
  {
    field: 'Query.product', when: 'asked for offers that are not for sale',
    document: 'query($id: ID) { product(id: $id) { id variants { id bestOffer { id } offers(first: 10) { nodes { id } } } } }',
    arrange: async (world) => {
      const { owner, productId, offerId } = await offer(world, false);
      return { owner, variables: { id: productId }, marks: [offerId] };
    },
    succeeded: showsMark,
  },
  {
    field: 'Mutation.defineProductType', when: 'in place of one there is',
    document: mutation('defineProductType', '... on ProductType { key }'),
    arrange: replacingType,
    succeeded: is('ProductType'),
    exceptions: inOwnTenant('The same key there is another product type.'),
  },
];
