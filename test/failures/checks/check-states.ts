import type { CrashShop } from '../crash-shop.js';
import { violations } from './check-stock.js';

/** From where a vendor's part may come, written down anew from the description of the business. */
const partWays: Readonly<Record<string, readonly string[]>> = {
  PENDING_PAYMENT: [''],
  CONFIRMED: ['', 'PENDING_PAYMENT', 'EXPIRED', 'ON_HOLD'],
  ON_HOLD: ['CONFIRMED'],
  PROCESSING: ['CONFIRMED', 'PARTIALLY_SHIPPED'],
  PARTIALLY_SHIPPED: ['PROCESSING'],
  SHIPPED: ['PROCESSING', 'PARTIALLY_SHIPPED'],
  PARTIALLY_DELIVERED: ['PARTIALLY_SHIPPED', 'SHIPPED'],
  DELIVERED: ['PARTIALLY_SHIPPED', 'SHIPPED', 'PARTIALLY_DELIVERED'],
  COMPLETED: ['DELIVERED'],
  CANCELLED: ['PENDING_PAYMENT', 'CONFIRMED', 'PROCESSING', 'ON_HOLD', 'SHIPPED', 'PARTIALLY_SHIPPED'],
  EXPIRED: ['PENDING_PAYMENT'],
};

interface Step { readonly part: string; readonly before: string | null; readonly after: string | null; readonly status: string }

const wrongs: readonly (readonly [string, string])[] = [
  ['S15 an order of a checkout that is not placed', `select o.id, c.state from orders.placed_order o join orders.checkout c on c.order_id = o.id where c.state not in ('PLACED', 'ENDED')`],
  ['S15 a placed checkout without its order', `select c.id from orders.checkout c left join orders.placed_order o on o.id = c.order_id where c.state = 'PLACED' and o.id is null`],
  ['S15 a cart of an order that is not ordered', `select k.id, k.state from orders.checkout c join carts.cart k on k.id = c.cart_id where c.state = 'PLACED' and (k.state <> 'ORDERED' or k.order_id <> c.order_id)`],
  ['S15 stock of a paid order is not its own', `select r.order_id, r.state from inventory.reservation r join payments.payment p on p.order_id = r.order_id join orders.vendor_order v on v.order_id = r.order_id
     where v.status in ('CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED') and r.state <> 'COMMITTED'`],
  ['S10 what shipping knows of a part is not what it is', `select v.id, v.status, f.status as known from orders.vendor_order v join shipping.vendor_order_fact f on f.id = v.id where f.status <> v.status`],
  ['S10 what an order knows of its payment is not what it is', `select o.id, o.paid_minor, p.captured_minor from orders.placed_order o join payments.payment p on p.order_id = o.id where o.paid_minor <> p.captured_minor`],
];

/** What breaks S15, and S10 between the parts of the marketplace. */
export async function checkStates({ query }: CrashShop): Promise<string[]> {
  const steps = await query<Step>(`select v.id as part, e.state_before as before, e.state_after as after, v.status from orders.vendor_order v left join orders.order_event e on e.vendor_order_id = v.id and e.state_after is distinct from e.state_before order by v.id, e.happened_at, e.id`);
  const found: string[] = [];
  for (const [part, own] of Map.groupBy(steps, (one) => one.part)) found.push(...chainWrong(part, own));
  return [...found.slice(0, 1), ...(await violations(query, wrongs))];
}

function chainWrong(part: string, steps: readonly Step[]): string[] {
  let state: string | undefined;
  for (const { before, after } of steps) {
    if (after === null) continue;
    if (state !== undefined && before !== state) return [`S15 ${part} went from ${state} on as if it were ${before}`];
    if (!(partWays[after] ?? []).includes(before ?? '')) return [`S15 ${part} went from ${before} to ${after}`];
    state = after;
  }
  const [first] = steps;
  return first && state !== undefined && first.status !== state ? [`S15 ${part} is ${first.status} and went to ${state} last`] : [];
}
