import { eventually } from '@haat/kit/testing/eventually';
import { dataOf, type Asker, type Door } from './graph.js';

interface Amount { readonly minor: number; readonly currency: string }

/** How an order is paid, as whoever asks sees it. */
export interface Paid {
  readonly id: string;
  readonly status: string;
  readonly amount: Amount;
  readonly captured: Amount;
  readonly refunded: Amount;
  readonly nextAction: { readonly kind: string } | null;
  readonly attempts: readonly { readonly status: string; readonly errorCode: string | null }[];
  readonly events: readonly { readonly kind: string }[];
  readonly refunds: readonly { readonly id: string; readonly status: string; readonly amount: Amount; readonly lines: readonly { readonly orderLineId: string; readonly quantity: number }[] }[];
}

const fields = 'id status amount { minor currency } captured { minor currency } refunded { minor currency } nextAction { kind } attempts { status errorCode } events { kind } refunds { id status amount { minor currency } lines { orderLineId quantity } }';

/** The payment of an order now. */
export async function paidOf(door: Door, asker: Asker, orderId: string): Promise<Paid> {
  const { order } = dataOf(await door.ask<{ order: { payment: Paid | null } }>(asker, `query PaidOf($id: ID!) { order(id: $id) { payment { ${fields} } } }`, { id: orderId }));
  if (!order.payment) throw new Error(`Nothing is to be paid for ${orderId}.`);
  return order.payment;
}

/** Waits until the payment of an order is as it should be. Fails with what it is instead. */
export function paidIs(door: Door, asker: Asker, orderId: string, isSo: (paid: Paid) => unknown, ms = 20_000): Promise<Paid> {
  return eventually(async () => {
    const paid = await paidOf(door, asker, orderId);
    if (!isSo(paid)) throw new Error(`The payment is ${JSON.stringify(paid)}.`);
    return paid;
  }, ms);
}
