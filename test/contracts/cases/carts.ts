import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { mutate } from '../../support/mutate.js';
import { is, mutation, open, type Arranged, type Sample, type SubgraphCases, type WallCase } from '../case.js';
import type { World } from '../world.js';
import { offer } from './catalog/goods.js';
import { ordered } from './orders.js';

const ofCart = '... on Cart { id version lines { id offerId quantity } contact { email } } ... on Problem { message }';

interface Added { readonly lines: readonly [{ readonly id: string }]; readonly groups: readonly [{ readonly vendorId: string }] }

/** A cart of somebody new, with one thing in it. */
async function filled(world: World): Promise<{ readonly owner: Arranged['owner']; readonly cartId: string; readonly lineId: string; readonly vendorId: string; readonly offerId: string }> {
  const [owner, { offerId }] = [await world.shopper(), await offer(world, true)];
  const opened = await mutate(world.door, owner, 'openCart', {}, '... on OpenCartSucceeded { cart { id } }') as unknown as { cart: { id: string } };
  const cartId = opened.cart.id;
  // The offer is there at once; that its product was published is heard a moment later.
  const added = await eventually(async () => {
    const answer = await mutate(world.door, owner, 'addCartLines', { cartId, lines: [{ offerId, quantity: 1 }] }, '... on Cart { lines { id } groups { vendorId } }') as unknown as Partial<Added>;
    return answer.lines?.[0] ? (answer as Added) : undefined;
  });
  return { owner, cartId, offerId, lineId: added.lines[0].id, vendorId: added.groups[0].vendorId };
}

/** A change of such a cart. */
function changing(field: string, inputOf: (cart: Awaited<ReturnType<typeof filled>>) => Record<string, unknown>): WallCase {
  return {
    field: `Mutation.${field}`,
    document: mutation(field, ofCart),
    arrange: async (world) => {
      const cart = await filled(world);
      return { owner: cart.owner, variables: { input: { cartId: cart.cartId, ...inputOf(cart) } }, marks: [cart.cartId] };
    },
    succeeded: is('Cart'),
  };
}

/** A guest's cart, and somebody who filled it before signing in. */
async function asGuest(world: World): Promise<Arranged> {
  const shopper = await world.shopper();
  const opened = await mutate(world.door, { tenant: shopper.tenant }, 'openCart', {}, '... on OpenCartSucceeded { cart { id } secret }') as unknown as { cart: { id: string }; secret: string };
  const [row] = await world.marketplace.query<{ guest_key: string }>('select guest_key from carts.cart where id = $1', [opened.cart.id]);
  const owner = { ...shopper, headers: { ...shopper.headers, 'x-haat-cart': opened.secret }, guestKey: row?.guest_key };
  return { owner, variables: { input: { cartId: opened.cart.id } }, marks: [opened.cart.id] };
}

/** An old order, and the open cart its goods are to go into. */
async function boughtBefore(world: World): Promise<Arranged> {
  const { owner, cartId, offerId } = await filled(world);
  const { orderId, orderLineId } = await ordered(world, owner.userId);
  await world.marketplace.query('update orders.order_line set offer_id = $2 where id = $1', [orderLineId, offerId]);
  return { owner, variables: { input: { orderId } }, marks: [cartId, orderId] };
}

/** How carts keeps strangers out. */
export const cases: SubgraphCases['cases'] = [
  {
    field: 'Query.cart',
    document: 'query($id: ID!) { cart(id: $id) { id version lines { id offerId quantity } groups { id vendorId } contact { email } metadata { key } } }',
    arrange: async (world) => {
      const { owner, cartId, lineId } = await filled(world);
      return { owner, variables: { id: cartId }, marks: [cartId, lineId] };
    },
    succeeded: (value, { marks }) => value['id'] === marks[0],
  },
  {
    field: 'Query.myCart',
    document: '{ myCart { id lines { id offerId } } }',
    arrange: async (world) => {
      const { owner, cartId, lineId } = await filled(world);
      return { owner, variables: {}, marks: [cartId, lineId] };
    },
    succeeded: (value, { marks }) => value['id'] === marks[0],
    exceptions: open('Each has a cart of their own, or none.'),
  },
  {
    field: 'Mutation.openCart',
    document: mutation('openCart', '... on OpenCartSucceeded { cart { id lines { id } } secret }'),
    arrange: async (world) => {
      const { owner, cartId, lineId } = await filled(world);
      return { owner, variables: { input: {} }, marks: [cartId, lineId] };
    },
    succeeded: (value, { marks }) => (value['cart'] as { id: string } | undefined)?.id === marks[0],
    exceptions: open('Each opens a cart of their own.'),
  },
  changing('addCartLines', ({ offerId }) => ({ lines: [{ offerId, quantity: 1 }] })),
  changing('changeCartLine', ({ lineId }) => ({ lineId, quantity: 2 })),
  changing('removeCartLine', ({ lineId }) => ({ lineId })),
  { ...changing('applyCoupon', () => ({ code: 'NOSUCHCODE' })), succeeded: is('CouponRejected') },
  changing('removeCoupon', () => ({ code: 'NOSUCHCODE' })),
  changing('setCartContact', () => ({ email: 'somebody@example.com' })),
  changing('setCartAddress', () => ({ shipping: { line1: 'House 1', city: 'Dhaka', country: 'BD' } })),
  changing('chooseShipping', ({ vendorId }) => ({ vendorId, shippingMethodId: newId('smt') })),
  changing('setCartMetadata', () => ({ entries: [{ key: 'source', value: 'app', isPrivate: false }] })),
  {
    field: 'Mutation.mergeCarts',
    document: mutation('mergeCarts', '... on MergeCartsSucceeded { cart { id } } ... on Problem { message }'),
    arrange: asGuest,
    succeeded: is('MergeCartsSucceeded'),
  },
  {
    field: 'Mutation.reorder',
    document: mutation('reorder', '... on ReorderSucceeded { cart { lines { offerId } } }'),
    arrange: boughtBefore,
    succeeded: is('ReorderSucceeded'),
  },
];

/** Entities that others may ask carts for: of their owner alone, so a guest's by its secret is not among them. */
export const samples: SubgraphCases['samples'] = {
  Cart: async (world: World): Promise<Sample> => {
    const { owner, cartId } = await filled(world);
    return { tenant: 'acme', key: { id: cartId }, select: 'version', owner };
  },
  CartGroup: async (world: World): Promise<Sample> => {
    const { owner, cartId } = await filled(world);
    const [row] = await world.marketplace.query<{ group_ids: string[] }>('select group_ids from carts.cart where id = $1', [cartId]);
    return { tenant: 'acme', key: { id: row?.group_ids[0] }, select: 'vendorId', owner };
  },
};
