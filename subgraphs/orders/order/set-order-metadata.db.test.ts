import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { userErased } from '@haat/schema/events/identity';
import { newId } from '@haat/kit/id';
import type { Viewer } from '@haat/kit/identity';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { orderActs } from '../testing/order-acts.js';
import { OrdersRig } from '../testing/orders-rig.js';

let rig: OrdersRig;
beforeAll(async () => { rig = await OrdersRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => rig.reset());

const { placed, change } = orderActs(() => rig);
const entries = [{ key: 'source', value: 'app', isPrivate: false }, { key: 'erp', value: '7', isPrivate: true }];
const all = [{ key: 'source', value: 'app' }, { key: 'erp', value: '7' }];

async function set(asker: TestAsker, orderId: string, facts: readonly object[] = entries): Promise<unknown> {
  const select = '__typename ... on Order { metadata { key value } } ... on OrderMetadataLimitReached { limit }';
  return (await rig.read<{ setOrderMetadata: unknown }>(asker, `mutation($input: SetOrderMetadataInput!) { setOrderMetadata(input: $input) { ${select} } }`, { input: { orderId, entries: facts } })).setOrderMetadata;
}

const read = async (asker: TestAsker, id: string) => (await rig.read<{ order: { metadata: unknown } | null }>(asker, 'query($id: ID!) { order(id: $id) { metadata { key value } } }', { id })).order?.metadata;
const program = ({ tenant }: TestAsker, rights: Partial<Viewer>): TestAsker => ({ tenant, viewer: { kind: 'TOKEN', tokenId: newId('tok'), roles: ['PARTNER'], grants: [], vendors: [], ...rights } });

describe('setOrderMetadata', () => {
  it('is for operators and programs of the whole marketplace; the buyer sees what is not private', async () => {
    const { buyer, order, operator } = await placed();
    expect([await read(buyer.asker, order.id), await read(operator, order.id)]).toEqual([[], []]);
    expect(await set(program(operator, { grants: ['orders.manage'] }), order.id)).toEqual({ __typename: 'Order', metadata: all });
    expect([await read(buyer.asker, order.id), await read(operator, order.id)]).toEqual([all.slice(0, 1), all]);
    expect(await set(operator, order.id, [{ key: 'erp', value: '8' }, { key: 'erp', value: '9' }])).toEqual({ __typename: 'Order', metadata: [{ key: 'erp', value: '9' }] });
    expect(await read(program(operator, { vendors: [{ id: order.parts[0]?.vendorId ?? '', grants: ['orders.manage'] }], orderId: order.id }), order.id)).toEqual([{ key: 'erp', value: '9' }]);
  });

  it('is for nobody else, and keeps so many facts at most', async () => {
    const { buyer, order, merchant, operator } = await placed();
    const atVendor = { vendors: [{ id: order.parts[0]?.vendorId ?? '', grants: ['orders.manage'] }] };
    for (const stranger of [buyer.asker, merchant, program(operator, { grants: ['orders.read'] }), program(operator, atVendor)]) await expect(set(stranger, order.id)).rejects.toThrow(/^FORBIDDEN/);
    await expect(set(operator, newId('ord'))).rejects.toThrow(/^NOT_FOUND/);
    expect(await set(operator, order.id, Array.from({ length: 51 }, (_, at) => ({ key: `k${at}`, value: '' })))).toEqual({ __typename: 'OrderMetadataLimitReached', limit: 50 });
    await set(operator, order.id);
    expect(await read(program(operator, { ...atVendor, orderId: order.id }), order.id)).toEqual(all.slice(0, 1));
  });

  it('is forgotten with the buyer', async () => {
    const { buyer, order, operator } = await placed();
    await set(operator, order.id);
    await change(buyer.asker, 'cancelOrder', { orderId: order.id, idempotencyKey: 'c1' });
    const userId = buyer.asker.viewer?.userId ?? '';
    await rig.subgraph.hear(userErased, order.tenantId, { aggregate: { id: userId, version: 2 }, payload: { userId } });
    expect(await read(operator, order.id)).toEqual([]);
  });
});
