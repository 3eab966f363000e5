import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { mutate } from '../support/mutate.js';
import type { Person } from '../support/sign-in.js';
import { followMs, paidBy, type Goods, type Ordered } from './buyer.js';
import type { Flow, Scene } from './flow.js';
import { shippingTime } from './pass-time.js';
import { fromHeader } from './passing.js';

/** How long the courier's own news are waited for, in milliseconds. */
const newsMs = 15_000;

/** A part that its vendor accepted, about to be sent. */
interface Sending extends Ordered {
  readonly vendorOrderId: string;
  readonly sendKey: string;
}

/** A vendor's part is handed to a courier, which tells of it until it is delivered. */
export function shipmentFlow(scene: Scene, goods: Goods, operator: Person): Flow<Sending> {
  const { shop: { query, door, pathao }, history } = scene;
  const asker = () => ({ ...operator, headers: { ...operator.headers, [fromHeader]: 'shipment' } });
  const parcelOf = async (vendorOrderId: string) => (await query<{ id: string; booking: string; tracking_id: string | null; status: string }>(
    'select p.id, p.booking, p.tracking_id, p.status from shipping.parcel p join shipping.shipment s on s.id = p.shipment_id where s.vendor_order_id = $1', [vendorOrderId]))[0];

  /** Somebody looks at the courier's own list for what nobody knows here. */
  async function settleBooking(vendorOrderId: string): Promise<void> {
    const parcel = await parcelOf(vendorOrderId);
    if (parcel?.booking !== 'UNCERTAIN') return;
    const there = [...pathao.desk.consignments.values()].find(({ merchantOrderId }) => merchantOrderId === parcel.id);
    await mutate(door, operator, 'settleBooking', { parcelId: parcel.id, trackingId: there?.id }, '... on Problem { message }');
  }

  const untilDelivered = async (vendorOrderId: string, limitMs: number): Promise<void> => void (await eventually(
    async () => (await query<{ status: string }>('select status from orders.vendor_order where id = $1', [vendorOrderId]))[0]?.status === 'DELIVERED', limitMs));

  return {
    name: 'shipment',
    boundariesMin: 20,
    // The courier's token is had once, and kept.
    isOtherAtFirst: true,
    async prepare() {
      const ordered = await paidBy(scene, goods);
      const vendorOrderId = ordered.order.vendorOrders[0]?.id ?? '';
      await mutate(door, operator, 'acceptVendorOrder', { vendorOrderId });
      await eventually(async () => (await query<{ status: string }>('select status from shipping.vendor_order_fact where id = $1', [vendorOrderId]))[0]?.status === 'PROCESSING', followMs);
      return { ...ordered, vendorOrderId, sendKey: newId('req') };
    },
    async act({ vendorOrderId, sendKey }) {
      await history.untilDone('shipVendorOrder', sendKey, () => mutate(door, asker(), 'shipVendorOrder', { vendorOrderId, carrier: 'pathao', idempotencyKey: sendKey }, '... on Shipment { id status } ... on Problem { message }'), ({ __typename }) => __typename === 'Shipment');
      const trackingId = await eventually(async () => {
        await settleBooking(vendorOrderId);
        return (await parcelOf(vendorOrderId))?.tracking_id;
      }, followMs);
      pathao.desk.walk(trackingId, 'delivered');
    },
    // A courier gives its news up after a while, and so before a slow machine is back: then the poll finds out, when its time has come.
    settle: ({ vendorOrderId }) => untilDelivered(vendorOrderId, newsMs).catch(() => shippingTime(scene)).then(() => untilDelivered(vendorOrderId, followMs)),
    isPart: ({ from, name, nth }) => from === 'shipment' || from === 'callback' || (from === 'background' && nth === 1 && /^(shipping\/(pathao|\w+ (parcel|shipment|label|carrier_callback|tracking_event))|ask orders\.parcel\.depart\.v1|orders\/insert departure):/.test(name)),
    passTime: () => shippingTime(scene),
  };
}
