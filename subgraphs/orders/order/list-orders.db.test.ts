import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cartRead } from '@haat/schema/asks/carts';
import { inventoryCount } from '@haat/schema/asks/inventory';
import { orderRead } from '@haat/schema/asks/orders';
import { pricingQuote } from '@haat/schema/asks/pricing';
import { emailVerified, userErased } from '@haat/schema/events/identity';
import { newId } from '@haat/kit/id';
import type { Viewer } from '@haat/kit/identity';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testViewer } from '@haat/kit/testing/test-tenant';
import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import type { Quote } from '../checkout/gathered.js';
import { OrdersRig } from '../testing/orders-rig.js';
import { emailHashOf } from './email-hash.js';
import { rolledUpOf } from './order-filter.js';
import { rollUp } from './roll-up.js';
import { vendorOrderStates } from './vendor-order-state.js';

let rig: OrdersRig;
let statements: StatementCount;
beforeAll(async () => {
  statements = countStatements();
  rig = await OrdersRig.start();
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  statements[Symbol.dispose]();
});
beforeEach(() => rig.reset());

type Listed = { nodes: { id: string; number: string }[] };
const list = async (asker: TestAsker, filter: Record<string, unknown>) => (await rig.read<{ orders: Listed }>(asker, 'query($filter: OrderFilter) { orders(filter: $filter, first: 10) { nodes { id number } } }', { filter })).orders.nodes.map(({ id }) => id);

describe('orders in lists', () => {
  it('are found by operators by number, e-mail, telephone, vendor, state and time, and by nobody else [ORD-05]', async () => {
    const buyer = rig.buyer({ contact: { email: 'Bo@Example.com', phone: '+8801700000000', name: 'Bo' } });
    const { id, number, vendorOrders } = await rig.place(buyer) as unknown as { id: string; number: string; vendorOrders: { number: string }[] };
    const operator = { tenant: buyer.asker.tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) };
    const vendorId = buyer.cart.groups[0]?.vendorId;
    const [now, later] = [rig.clock.now(), new Date(rig.clock.now().getTime() + 1_000)];
    for (const filter of [{}, { number }, { number: vendorOrders[1]?.number }, { email: 'bo@example.com ' }, { phone: '+8801700000000' }, { vendorId }, { status: ['PENDING_PAYMENT'] }, { placedFrom: now.toISOString(), placedBefore: later.toISOString() }]) {
      expect(await list(operator, filter), JSON.stringify(filter)).toEqual([id]);
    }
    for (const filter of [{ number: 'NO-1' }, { email: 'ann@example.com' }, { vendorId: newId('ven') }, { status: ['CONFIRMED', 'EXPIRED'] }, { placedFrom: later.toISOString() }]) expect(await list(operator, filter), JSON.stringify(filter)).toEqual([]);
    await expect(list(buyer.asker, {})).rejects.toThrow(/^FORBIDDEN/);
  });

  it('are filtered by the same state that they show, for every combination of parts', async () => {
    const combinations = vendorOrderStates.flatMap((a) => vendorOrderStates.map((b) => [a, b] as const));
    const rows = await rig.subgraph.query<{ state: string }>(
      `select ${rolledUpOf('(select unnest(string_to_array(c.parts, \',\')) as s) as parts')} as state from unnest($1::text[]) with ordinality as c (parts, at) order by at`, [combinations.map((parts) => parts.join())]);
    expect(rows.map(({ state }) => state)).toEqual(combinations.map((parts) => rollUp(parts)));
  });

  it('of a person and of a vendor are theirs to see [USER-05]', async () => {
    const buyer = rig.buyer();
    const { id } = await rig.place(buyer);
    const userId = buyer.asker.viewer?.userId ?? '';
    const vendorId = buyer.cart.groups[0]?.vendorId ?? '';
    const merchant = { tenant: buyer.asker.tenant, viewer: testViewer(newId('usr'), ['MERCHANT'], { vendors: [{ id: vendorId, grants: ['orders.manage'] }] } as never) };
    const entities = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on User { orders { nodes { id } } } ... on Vendor { orders { nodes { id order { id } } } } } }';
    const ask = async (asker: TestAsker) => (await rig.read<{ _entities: unknown[] }>(asker, entities, { r: [{ __typename: 'User', id: userId }, { __typename: 'Vendor', id: vendorId }] }))._entities;
    expect(await ask(buyer.asker)).toEqual([{ orders: { nodes: [{ id }] } }, { orders: null }]);
    expect(await ask(merchant)).toEqual([{ orders: null }, { orders: { nodes: [{ id: expect.any(String), order: null }] } }]);
  });

  it('of a vendor are listed to the programs that may act on them: those of the whole marketplace, and the vendor\'s own', async () => {
    const buyer = rig.buyer();
    const { id } = await rig.place(buyer);
    const [vendorId, otherId] = buyer.cart.groups.map((group) => group.vendorId) as [string, string];
    const program = (rights: Partial<Viewer>): TestAsker => ({ tenant: buyer.asker.tenant, viewer: { kind: 'TOKEN', tokenId: newId('tok'), roles: ['PARTNER'], grants: [], vendors: [], ...rights } });
    const [keeper, own] = [program({ grants: ['orders.manage'] }), program({ vendors: [{ id: vendorId, grants: ['orders.manage'] }] })];
    const part = (order: object | null) => ({ id: expect.any(String) as string, commission: { net: { minor: expect.any(Number) as number } }, order });
    const read = (asker: TestAsker, of: string) => rig.read<{ vendorOrders: { nodes: unknown[] } }>(asker, 'query($of: ID!) { vendorOrders(vendorId: $of) { nodes { id commission { net { minor } } order { id } } } }', { of });
    const entity = (asker: TestAsker, of: string) => rig.read(asker, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Vendor { orders { nodes { id commission { net { minor } } order { id } } } } } }', { r: [{ __typename: 'Vendor', id: of }] });
    for (const [asker, order] of [[keeper, { id }], [own, null]] as const) {
      expect(await read(asker, vendorId)).toEqual({ vendorOrders: { nodes: [part(order)] } });
      expect(await entity(asker, vendorId)).toEqual({ _entities: [{ orders: { nodes: [part(order)] } }] });
    }
    expect((await read(keeper, otherId)).vendorOrders.nodes).toHaveLength(1);
    const whole = async (asker: TestAsker) => (await rig.read<{ order: object | null }>(asker, 'query($id: ID!) { order(id: $id) { id vendorOrders { number } } }', { id })).order;
    expect([await list(keeper, {}), await whole(keeper)]).toEqual([[id], { id, vendorOrders: [expect.anything(), expect.anything()] }]);
    for (const stranger of [own, program({ grants: ['orders.read'] })]) {
      await expect(read(stranger, otherId)).rejects.toThrow(/^FORBIDDEN/);
      await expect(list(stranger, {})).rejects.toThrow(/^FORBIDDEN/);
      expect([await entity(stranger, otherId), await whole(stranger)]).toEqual([{ _entities: [{ orders: null }] }, null]);
    }
  });

  it.each([['User', ''], ['Vendor', ''], ['Vendor', 'status: [PENDING_PAYMENT], ']] as const)('of a hundred owners are read by as many statements as those of five, by one cursor as before: %s %s', async (type, filter) => {
    const buyer = rig.buyer();
    const first = await rig.place(buyer);
    rig.clock.advance(1);
    await rig.place({ ...rig.buyer({ buyer: buyer.cart.buyer }), asker: buyer.asker }, { idempotencyKey: 'two' });
    const ownerId = type === 'User' ? (buyer.asker.viewer?.userId ?? '') : (buyer.cart.groups[0]?.vendorId ?? '');
    const operator = { tenant: buyer.asker.tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) };
    const others = Array.from({ length: 99 }, () => newId(type === 'User' ? 'usr' : 'ven'));
    const read = async (ids: readonly string[], page: string) => (await rig.read<{ _entities: { orders: { nodes: { id: string }[]; pageInfo: { endCursor: string } } }[] }>(operator,
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { orders(${filter}${page}) { nodes { id } pageInfo { endCursor } } } } }`, { r: ids.map((id) => ({ __typename: type, id })) }))._entities;
    const count = (length: number) => statements.during(() => read([...others, ownerId].slice(-length), 'first: 1'));
    expect(await count(100)).toBe(await count(5));
    const [, own] = await read([others[0] ?? '', ownerId], 'first: 100');
    const [none, { orders: page } = { orders: undefined }] = await read([others[0] ?? '', ownerId], 'first: 1');
    expect(none?.orders.nodes).toEqual([]);
    const [next] = await read([ownerId], `first: 100, after: "${page?.pageInfo.endCursor}"`);
    expect([...(page?.nodes ?? []), ...(next?.orders.nodes ?? [])]).toEqual(own?.orders.nodes);
    if (type === 'User') expect(own?.orders.nodes.map(({ id }) => id)).toEqual([expect.any(String), first['id']]);
  });

  it('of somebody erased say nothing of them any more, in a contact without content', async () => {
    const buyer = rig.buyer();
    const { id } = await rig.place(buyer);
    const tenantId = buyer.asker.tenant.id;
    const userId = buyer.asker.viewer?.userId ?? '';
    await rig.read(buyer.asker, 'mutation($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename } }', { input: { orderId: id, idempotencyKey: 'c1' } });
    await rig.subgraph.hear(userErased, tenantId, { aggregate: { id: userId, version: 2 }, payload: { userId } });
    const operator = { tenant: buyer.asker.tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) };
    expect(await rig.read(operator, 'query($id: ID!) { order(id: $id) { contact { email phone name } } }', { id })).toEqual({ order: { contact: { email: null, phone: null, name: null } } });
  });

  it('of a guest join the account of whoever proves the address [USER-05]', async () => {
    const guestKey = newId('req');
    const buyer = rig.buyer({ buyer: { userId: null, guestKey }, contact: { email: 'guest@example.com', phone: null, name: null } });
    const guest: TestAsker = { tenant: buyer.asker.tenant, viewer: { kind: 'GUEST', roles: [], grants: [], vendors: [], guestKey } as never };
    const { id } = await rig.place({ ...buyer, asker: guest });
    const userId = newId('usr');
    await rig.subgraph.hear(emailVerified, buyer.asker.tenant.id, { aggregate: { id: userId, version: 2 }, payload: { userId, emailHash: emailHashOf({ email: 'guest@example.com', phone: null, name: null }) ?? '' } });
    const mine = async (asker: TestAsker) => (await rig.read<{ myOrders: Listed }>(asker, '{ myOrders { nodes { id number } } }')).myOrders.nodes.map((order) => order.id);
    const person = { tenant: buyer.asker.tenant, viewer: testViewer(userId, ['SHOPPER']) };
    expect([await mine(person), await mine(guest)]).toEqual([[id], []]);
    const bought = (asker: TestAsker) => rig.subgraph.put(asker, orderRead, { orderId: String(id) });
    expect([await bought(person), await bought(guest)]).toEqual([{ lines: buyer.cart.lines.map(({ offerId, quantity }) => ({ offerId, quantity })) }, { lines: null }]);
    expect(await bought({ ...person, viewer: testViewer(newId('usr'), ['OPERATOR']) })).toEqual({ lines: null });
  });
});

describe('a cart', () => {
  it('says what it lacks by the rules of placeOrder, with what is left of each line, and nothing of a stranger\'s [ORD-01]', async () => {
    const buyer = rig.buyer({ shippingAddress: null });
    const problems = async () => (await rig.read<{ _entities: { problems: { code: string; lineId: string | null }[] | null }[] }>(buyer.asker, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Cart { problems { code lineId } } } }', { r: [{ __typename: 'Cart', id: buyer.cart.cartId }] }))._entities[0]?.problems;
    expect((await problems())?.map(({ code }) => code)).toEqual(['ADDRESS_MISSING']);
    rig.answer(inventoryCount, ({ offerIds }) => ({ offers: offerIds.map((offerId, at) => ({ offerId, available: at })) }));
    expect(await problems()).toEqual([expect.objectContaining({ code: 'OUT_OF_STOCK', lineId: buyer.cart.lines[0]?.lineId }), expect.objectContaining({ code: 'QUANTITY_REDUCED', lineId: buyer.cart.lines[1]?.lineId }), expect.objectContaining({ code: 'ADDRESS_MISSING' })]);
    rig.answer(cartRead, () => ({ cart: null }));
    expect(await problems()).toBeNull();
  });

  it('does not lack what a coupon asks of the way to ship or to pay before they are chosen', async () => {
    const buyer = rig.buyer();
    const problems = async () => (await rig.read<{ _entities: { problems: { code: string }[] | null }[] }>(buyer.asker, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Cart { problems { code } } } }', { r: [{ __typename: 'Cart', id: buyer.cart.cartId }] }))._entities[0]?.problems?.map(({ code }) => code);
    const priced = rig.answers.get(pricingQuote.key) as unknown as (input: unknown) => Quote;
    const failing = (condition: string) => rig.answer(pricingQuote, (input) => ({ ...priced(input), rejected: [{ promotionId: null, couponCode: 'X', name: 'x', reason: 'NOT_ELIGIBLE' as const, condition, missingMinor: null, missingQuantity: null }] }));
    failing('PAYMENT');
    expect([await problems(), await rig.place(buyer)]).toMatchObject([[], { __typename: 'CartNotReady', problems: [{ code: 'COUPON_INVALID' }] }]);
    failing('SHIPPING_METHOD');
    expect(await problems()).toEqual(['COUPON_INVALID']);
    const unchosen = { ...buyer.cart, groups: buyer.cart.groups.map((group) => ({ ...group, shippingMethodId: null })) };
    rig.answer(cartRead, () => ({ cart: unchosen }));
    expect(new Set(await problems())).toEqual(new Set(['SHIPPING_NOT_CHOSEN']));
    failing('BUYER');
    expect(await problems()).toContain('COUPON_INVALID');
  });

  it('says of goods that no warehouse sends to its address what placeOrder says of them [INV-06]', async () => {
    const buyer = rig.buyer();
    rig.answer(inventoryCount, ({ offerIds, destination }) => ({ offers: offerIds.map((offerId) => ({ offerId, available: destination?.country === 'BD' ? 0 : 100 })) }));
    const read = await rig.read<{ _entities: { problems: { code: string }[] | null }[] }>(buyer.asker, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Cart { problems { code } } } }', { r: [{ __typename: 'Cart', id: buyer.cart.cartId }] });
    expect(read._entities[0]?.problems?.map(({ code }) => code)).toEqual(buyer.cart.lines.map(() => 'OUT_OF_STOCK'));
  });
});
