import { newId } from '@haat/kit/id';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testViewer } from '@haat/kit/testing/test-tenant';
import type { PlacedOrder } from './neighbour-events.js';
import type { OrdersRig } from './orders-rig.js';

/** An order as its tests read it. */
export interface Standing {
  readonly status: string;
  readonly vendorOrders: readonly { readonly status: string }[];
  readonly history: readonly { readonly kind: string }[];
}

/** An order that was placed, and who may do something with it: a merchant of its first part, an operator. */
export interface Placed {
  readonly buyer: ReturnType<OrdersRig['buyer']>;
  readonly order: PlacedOrder;
  readonly merchant: TestAsker;
  readonly operator: TestAsker;
}

/** What tests do with orders in a rig that is started later. */
export function orderActs(rigOf: () => OrdersRig) {
  return {
    /** Places an order of two vendors' goods. */
    async placed(changes: Record<string, unknown> = {}): Promise<Placed> {
      const rig = rigOf();
      const buyer = rig.buyer();
      const { id } = await rig.place(buyer, changes);
      const { tenant } = buyer.asker;
      const parts = await rig.subgraph.query<{ id: string; vendor_id: string }>('select id, vendor_id from orders.vendor_order where order_id = $1 order by position', [id]);
      const lines = await rig.subgraph.query<{ id: string; vendor_order_id: string; quantity: number }>('select id, vendor_order_id, quantity from orders.order_line where order_id = $1 order by position', [id]);
      const order: PlacedOrder = { id: String(id), tenantId: tenant.id, totalMinor: buyer.totalMinor, parts: parts.map((part) => ({ id: part.id, vendorId: part.vendor_id, lines: lines.filter((line) => line.vendor_order_id === part.id) })) };
      const vendors = [{ id: order.parts[0]?.vendorId ?? '', grants: ['orders.manage'] }];
      return { buyer, order, merchant: { tenant, viewer: testViewer(newId('usr'), ['MERCHANT'], { vendors } as never) }, operator: { tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) } };
    },
    /** Where an order is, and each of its parts. */
    async standing(asker: TestAsker, { id }: PlacedOrder): Promise<[string, string[]]> {
      const { order } = await rigOf().read<{ order: Standing }>(asker, 'query($id: ID!) { order(id: $id) { status vendorOrders { status } history { kind } } }', { id });
      return [order.status, order.vendorOrders.map(({ status }) => status)];
    },
    /** Runs a mutation of an order or a part. Throws what was refused, as `CODE: message`. */
    async change(asker: TestAsker, field: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
      const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
      const select = field === 'cancelOrder' ? '... on Order { status } ... on OrderNotCancellable { message vendorOrderNumbers }' : '... on VendorOrder { status } ... on WrongVendorOrderStatus { message status: status }';
      return (await rigOf().read<Record<string, Record<string, unknown>>>(asker, `mutation($input: ${type}!) { ${field}(input: $input) { __typename ${select} } }`, { input }))[field] ?? {};
    },
    /** What orders said of one type, in the tenant of an order. */
    async said({ tenantId }: PlacedOrder, type: string) {
      return (await rigOf().subgraph.events(tenantId)).filter((event) => event.type === `orders.${type}`);
    },
  };
}
