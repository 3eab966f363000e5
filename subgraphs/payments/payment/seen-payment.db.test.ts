import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import type { Viewer } from '@haat/kit/identity';
import { PaymentsRig } from '../testing/payments-rig.js';

let rig: PaymentsRig;
beforeAll(async () => { rig = await PaymentsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const query = (paymentId: string): string => `query($r: [_Any!]!) { payment(id: "${paymentId}") { amount { minor } clientSecret } _entities(representations: $r) { ... on VendorOrder { payment { amount { minor } } } } }`;

describe('a payment', () => {
  it('is seen by programs that look after orders: those of one vendor see its share, those of the whole marketplace all shares', async () => {
    const purchase = rig.purchase();
    const { paymentId } = await rig.open(purchase);
    const { asker: { tenant }, wish: { shares } } = purchase;
    const see = async (rights: Partial<Viewer>) => {
      const viewer: Viewer = { kind: 'TOKEN', tokenId: newId('tok'), roles: ['PARTNER'], grants: [], vendors: [], ...rights };
      const { payment, _entities } = await rig.data<{ payment: unknown; _entities: unknown[] }>({ tenant, viewer }, query(paymentId), { r: shares.map(({ vendorOrderId }) => ({ __typename: 'VendorOrder', id: vendorOrderId })) });
      return [payment, ..._entities];
    };
    const [one, two] = [6_000, 4_000].map((minor) => ({ payment: { amount: { minor } } }));
    expect(await see({ grants: ['orders.manage'] })).toEqual([{ amount: { minor: 10_000 }, clientSecret: null }, one, two]);
    expect(await see({ vendors: [{ id: shares[1]?.vendorId ?? '', grants: ['orders.manage'] }] })).toEqual([{ amount: { minor: 4_000 }, clientSecret: null }, null, two]);
    expect(await see({ grants: ['orders.read'] })).toEqual([null, null, null]);
  });
});
