import { eventually } from '@haat/kit/testing/eventually';
import { orderIn, place, readyCart } from './buy.js';
import type { BuyableOffer } from './shop-of-two.js';
import type { Person } from './sign-in.js';
import type { TestMarketplace } from './test-marketplace.js';

/** Where an order leaves rows that pages of orders read; a table that others refer to comes before them. */
const tables = ['orders.placed_order', 'orders.vendor_order', 'orders.order_line', 'orders.order_event', 'payments.payment', 'payments.payment_share', 'payments.payment_line', 'shipping.vendor_order_fact'];

/** The ids that are an order's own, but for their last digits; and the numbers by which people know it and its parts. */
const ownIds = String.raw`\y((?:ord|vord|oline|oev|cart|line|pay|att)_[0-9a-f-]{32})[0-9a-f]{4}\y`;
const ownNumbers = '("(?:order_)?number": "[^"]+)"';

/** Has somebody buy a piece of each offer, to be paid in cash, and puts the same order so many times into the stores past the product, as if each was placed: checkouts one after the other would take a minute. The first order of its marketplace. */
export async function orderOften(marketplace: Pick<TestMarketplace, 'door' | 'query'>, buyer: Person, offers: readonly BuyableOffer[], times: number): Promise<void> {
  const { door, query } = marketplace;
  const order = await place(door, buyer, await readyCart(door, buyer, offers.map((offer) => ({ offer, quantity: 1 }))), { payWith: 'CASH_ON_DELIVERY' });
  await orderIn(door, buyer, order.id, 'CONFIRMED');
  const parts = offers.length;
  await eventually(async () => (await query<{ n: number }>(`select count(*)::int as n from shipping.vendor_order_fact where status = 'CONFIRMED'`))[0]?.n === parts || undefined);
  for (const table of tables) {
    const renamed = `regexp_replace(to_jsonb(t)::text, '${ownIds}', '\\1' || lpad(to_hex(n), 4, '0'), 'g')`;
    const changed = `regexp_replace(${renamed}, '${ownNumbers}', '\\1-' || n || '"', 'g')`;
    await query(`insert into ${table} overriding user value select (jsonb_populate_record(null::${table}, (${changed})::jsonb)).* from ${table} t cross join generate_series(1, $1 - 1) n`, [times]);
  }
}
