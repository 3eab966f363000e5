import type { Scene } from './flow.js';

/** What a dead process had claimed at the provider may be claimed anew. */
export async function paymentsTime({ shop: { query } }: Scene): Promise<void> {
  await query('update payments.payment_attempt set due_at = now() where due_at is not null');
  await query('update payments.refund set due_at = now() where due_at is not null');
}

/** What a checkout may take is over: the job then undoes it, or the client takes it over, whoever comes first. */
export async function checkoutTime({ shop: { query } }: Scene): Promise<void> {
  await query("update orders.checkout set deadline_at = now() - interval '1 second' where state in ('OPEN', 'UNDOING')");
}

/** The same of what was asked of a carrier. */
export async function shippingTime({ shop: { query } }: Scene): Promise<void> {
  await query('update shipping.parcel set due_at = now() where due_at is not null');
  await query('update shipping.label set due_at = now() where due_at is not null');
  await query('update shipping.carrier_callback set due_at = now() where due_at is not null');
}
