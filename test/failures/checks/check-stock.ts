import type { CrashShop } from '../crash-shop.js';

/** One SQL query of what must not be, and which invariant it is. */
const wrongs: readonly (readonly [string, string])[] = [
  ['S1 oversold', 'select offer_id, on_hand, allocated, reserved from inventory.stock_level where allocated + reserved > on_hand - safety + backorder_limit'],
  ['S1 what is held and what the level says differ', `select l.offer_id, l.reserved, l.allocated, h.held, h.own from inventory.stock_level l left join lateral (
     select coalesce(sum(n.quantity) filter (where r.state = 'HELD'), 0) as held, coalesce(sum(n.quantity - n.shipped - n.given_back) filter (where r.state = 'COMMITTED'), 0) as own
     from inventory.reservation_line n join inventory.reservation r on r.tenant_id = n.tenant_id and r.id = n.reservation_id where n.tenant_id = l.tenant_id and n.offer_id = l.offer_id and n.warehouse_id = l.warehouse_id) h on true
     where l.reserved <> h.held or l.allocated <> h.own`],
  ['S2 movements and stock differ', `select l.offer_id, l.on_hand, m.total from inventory.stock_level l left join lateral (
     select coalesce(sum(on_hand_change), 0) as total from inventory.stock_movement m where m.tenant_id = l.tenant_id and m.offer_id = l.offer_id and m.warehouse_id = l.warehouse_id) m on true where m.total <> l.on_hand`],
  ['S2 shipped pieces and movements differ', `select offer_id, sum(shipped) from inventory.reservation_line n group by tenant_id, offer_id
     having sum(shipped) <> coalesce((select -sum(on_hand_change) from inventory.stock_movement m where m.tenant_id = n.tenant_id and m.offer_id = n.offer_id and m.kind = 'SHIPPED'), 0)`],
  ['S2 returned pieces and movements differ', `select offer_id, sum(returned) from inventory.reservation_line n group by tenant_id, offer_id
     having sum(returned) <> coalesce((select sum(on_hand_change) from inventory.stock_movement m where m.tenant_id = n.tenant_id and m.offer_id = n.offer_id and m.kind = 'RETURNED'), 0)`],
  ['S6 shipped otherwise than its order says', `select o.id, o.shipped, n.shipped as taken from orders.order_line o join inventory.reservation r on r.order_id = o.order_id
     join inventory.reservation_line n on n.reservation_id = r.id and n.line_id = o.cart_line_id group by o.id, o.shipped, n.shipped having o.shipped <> n.shipped`],
  ['S6 shipped though unpaid or cancelled', `select o.id from orders.order_line o join orders.vendor_order v on v.id = o.vendor_order_id join payments.payment p on p.order_id = o.order_id
     where o.shipped > 0 and (v.status in ('PENDING_PAYMENT', 'EXPIRED') or p.captured_minor = 0 or o.shipped + o.cancelled > o.quantity)`],
  ['S6 in more parcels than there are pieces', `select o.id, s.sent from orders.order_line o join (select l ->> 'orderLineId' as id, sum((l ->> 'quantity')::int) as sent from shipping.parcel p, jsonb_array_elements(p.lines) l
     where p.status not in ('CANCELLED', 'RETURNED') group by 1) s on s.id = o.id where s.sent > o.quantity - o.cancelled`],
  ['S4 stock is held for nobody', `select r.order_id, r.state from inventory.reservation r left join orders.placed_order o on o.id = r.order_id left join orders.checkout c on c.order_id = r.order_id and c.state in ('OPEN', 'UNDOING')
     where r.state in ('HELD', 'COMMITTED') and o.id is null and c.id is null`],
];

/** What breaks S1, S2 and S6, by the tables of inventory, orders and shipping, and by the courier's own list. */
export async function checkStock(shop: CrashShop): Promise<string[]> {
  return [...(await violations(shop.query, wrongs)), ...(await courier(shop))];
}

/** Each parcel that a courier has is one of ours, and is there once. */
async function courier({ pathao, query }: CrashShop): Promise<string[]> {
  const parcels = new Map((await query<{ id: string; tracking_id: string | null }>('select id, tracking_id from shipping.parcel')).map(({ id, tracking_id }) => [id, tracking_id]));
  const there = Map.groupBy(pathao.desk.consignments.values(), ({ merchantOrderId }) => merchantOrderId ?? '');
  return [...there].filter(([id, own]) => own.length !== 1 || parcels.get(id) !== own[0]?.id).map(([id, own]) => `S6 the courier has ${id} ${own.length} times, and here it is ${parcels.get(id)}`);
}

/** Each query that finds something, with the first of it. */
export async function violations(query: CrashShop['query'], queries: readonly (readonly [string, string])[]): Promise<string[]> {
  const found: string[] = [];
  for (const [what, sql] of queries) {
    const rows = await query(sql).catch((error: unknown) => { throw new Error(`${what} could not be looked for: ${String(error)}`); });
    if (rows.length > 0) found.push(`${what}: ${JSON.stringify(rows[0])}${rows.length > 1 ? ` and ${rows.length - 1} more` : ''}`);
  }
  return found;
}
