import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { mutate } from '../support/mutate.js';
import type { Person } from '../support/sign-in.js';
import { followMs, paidBy, type Goods, type Ordered } from './buyer.js';
import type { Flow, Scene } from './flow.js';
import { paymentsTime } from './pass-time.js';
import { fromHeader } from './passing.js';

/** What is to be paid back, and the key under which it is asked for. */
interface Refunding extends Ordered {
  readonly refundKey: string;
  readonly lineId: string;
}

/** An operator pays the first line of an order back. */
export function refundFlow(scene: Scene, goods: Goods, operator: Person): Flow<Refunding> {
  const { shop: { query, door }, history } = scene;
  const asker = () => ({ ...operator, headers: { ...operator.headers, [fromHeader]: 'refund' } });
  return {
    name: 'refund',
    boundariesMin: 20,
    async prepare() {
      const ordered = await paidBy(scene, goods);
      const [line] = await query<{ id: string }>('select id from orders.order_line where order_id = $1 order by position limit 1', [ordered.order.id]);
      return { ...ordered, refundKey: newId('req'), lineId: line?.id ?? '' };
    },
    act: ({ order, refundKey, lineId }) => history.untilDone('refundPayment', refundKey, () => mutate(door, asker(), 'refundPayment',
      { paymentId: order.payment?.id, lines: [{ orderLineId: lineId, quantity: 1 }], reason: 'Broken.', idempotencyKey: refundKey }, '... on Refund { id status amount { minor } } ... on Problem { message }'), ({ __typename }) => __typename === 'Refund'),
    settle: async ({ lineId, order }) => void (await eventually(async () => {
      const [row] = await query<{ done: boolean }>(`select (select refunded from orders.order_line where id = $1) = 1 and not exists (select from payments.refund r join payments.payment p on p.id = r.payment_id where p.order_id = $2 and r.status <> 'SUCCEEDED') as done`, [lineId, order.id]);
      return row?.done;
    }, followMs)),
    isPart: ({ from, name, nth }) => from === 'refund' || from === 'webhook' || (from === 'background' && nth === 1 && /^payments\/(stripe|\w+ refund):/.test(name)),
    passTime: () => paymentsTime(scene),
  };
}

/** An operator cancels a paid order: its money and its stock go back by what is said of it. */
export function cancelFlow(scene: Scene, goods: Goods, operator: Person): Flow<Refunding> {
  const { shop: { query, door }, history } = scene;
  const asker = () => ({ ...operator, headers: { ...operator.headers, [fromHeader]: 'cancel' } });
  return {
    name: 'cancellation',
    boundariesMin: 20,
    prepare: async () => ({ ...(await paidBy(scene, goods)), refundKey: newId('req'), lineId: '' }),
    act: ({ order, refundKey }) => history.untilDone('cancelOrder', refundKey, () => mutate(door, asker(), 'cancelOrder', { orderId: order.id, reason: 'Not wanted.', idempotencyKey: refundKey }, '... on Order { id status } ... on Problem { message }'), ({ __typename }) => __typename === 'Order'),
    settle: async ({ order }) => void (await eventually(async () => {
      const [row] = await query<{ done: boolean }>(`select captured_minor = refunded_minor and not exists (select from inventory.reservation_line n join inventory.reservation r on r.id = n.reservation_id where r.order_id = $1 and n.given_back < n.quantity) as done from payments.payment where order_id = $1`, [order.id]);
      return row?.done;
    }, followMs)),
    isPart: ({ from, name, nth }) => from === 'cancel' || (from === 'background' && nth === 1 && /^payments\/(stripe|\w+ (refund|payment)):|^inventory\/(\w+ (stock_level|reservation|reservation_line|stock_movement)):/.test(name)),
    passTime: () => paymentsTime(scene),
  };
}
