import type { TestMarketplace } from './test-marketplace.js';

/** What is written where goods are sold, counted. */
const counts: Readonly<Record<string, string>> = {
  orders: 'orders.placed_order', parts: 'orders.vendor_order', payments: 'payments.payment', attempts: 'payments.payment_attempt', refunds: 'payments.refund',
  held: `inventory.reservation where state in ('HELD', 'COMMITTED')`, movements: 'inventory.stock_movement', prices: 'pricing.price', redemptions: `pricing.redemption where state = 'TAKEN'`,
  shipments: 'shipping.shipment', tracked: 'shipping.tracking_event', ways: 'shipping.shipping_method',
};

/** What orders, payments, stock, prices, coupons and parcels have written, and what each cart says: nothing of it changes by what is refused. Read past the product. */
export async function taken({ query }: Pick<TestMarketplace, 'query'>): Promise<Record<string, unknown>> {
  const numbers = Object.entries(counts).map(([name, rows]) => `(select count(*)::int from ${rows}) as ${name}`);
  const [row = {}] = await query(`select ${numbers.join(', ')}, (select sum(on_hand + reserved + allocated)::int from inventory.stock_level) as pieces,
    (select jsonb_object_agg(id, md5(concat(state, lines, groups, contact, shipping_address, billing_address, coupon_codes, note))) from carts.cart) as carts`);
  return row;
}
