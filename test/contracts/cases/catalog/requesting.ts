import { mutate } from '../../../support/mutate.js';
import { is, mutation, type Arranged, type WallCase } from '../../case.js';
import type { World } from '../../world.js';
import { made, published, someWord } from './goods.js';

const request = '... on ChangeRequest { id status }';
const showsMark: WallCase['succeeded'] = (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? '-');

/** A change that a vendor's owner asked for, and acme's operator, who decides on it. */
async function asked(world: World): Promise<{ readonly vendor: Arranged['owner'] & { readonly vendorId: string }; readonly operator: Arranged['owner']; readonly id: string }> {
  const vendor = await world.merchant();
  const { owner: operator, productId } = await published(world);
  const answer = await mutate(world.door, vendor, 'requestProductChange', { vendorId: vendor.vendorId, productId, title: someWord('renamed') }, request);
  return { vendor, operator, id: String(answer['id']) };
}

/** A request that its vendor, or the operator, does something with. */
function deciding(field: string, who: 'vendor' | 'operator', input: Record<string, unknown> = {}): WallCase {
  return {
    field: `Mutation.${field}`, document: mutation(field, `${request} ... on ChangeRequestClosed { now }`),
    arrange: async (world) => {
      const { id, ...people } = await asked(world);
      return { owner: people[who], variables: { input: { changeRequestId: id, ...input } }, marks: [id] };
    },
    succeeded: (value) => value['__typename'] === 'ChangeRequest' || value['__typename'] === 'ChangeRequestClosed',
  };
}

/** Changes that vendors ask for, and collections as they change. */
export const requestingCases: readonly WallCase[] = [
  {
    field: 'Query.changeRequest', document: 'query($id: ID!) { changeRequest(id: $id) { id changes { proposed } } }',
    arrange: async (world) => {
      const { vendor, id } = await asked(world);
      return { owner: vendor, variables: { id }, marks: [id] };
    },
    succeeded: showsMark,
  },
  {
    field: 'Query.changeRequests', document: 'query($vendorId: ID) { changeRequests(vendorId: $vendorId) { nodes { id } } }',
    arrange: async (world) => {
      const { vendor, id } = await asked(world);
      return { owner: vendor, variables: { vendorId: vendor.vendorId }, marks: [id] };
    },
    succeeded: showsMark,
  },
  {
    field: 'Mutation.requestProductChange', document: mutation('requestProductChange', request),
    arrange: async (world) => {
      const owner = await world.merchant();
      const { productId } = await published(world);
      return { owner, variables: { input: { vendorId: owner.vendorId, productId, title: someWord('renamed') } }, marks: [owner.vendorId] };
    },
    succeeded: is('ChangeRequest'),
  },
  deciding('confirmProductChange', 'operator'),
  deciding('declineProductChange', 'operator', { reason: 'For the record.' }),
  deciding('cancelProductChange', 'vendor'),
  {
    field: 'Mutation.changeCollection', document: mutation('changeCollection', '... on Collection { id }'),
    arrange: async (world) => {
      const { owner, id } = await made(world, 'Collection');
      return { owner, variables: { input: { collectionId: id, name: 'Renamed' } }, marks: [id] };
    },
    succeeded: is('Collection'),
  },
];
