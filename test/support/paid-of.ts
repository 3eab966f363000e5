import { eventually } from '@haat/kit/testing/eventually';
import type { DataOf } from '@haat/schema/clients/typed-operation';
import { OrderPayment } from '@haat/storefront-client/generated/operations';
import type { Asker, Door } from './graph.js';
import { runOperation } from './run-operation.js';

/** How an order is paid, as whoever asks sees it. */
export type Paid = NonNullable<NonNullable<DataOf<typeof OrderPayment>['order']>['payment']>;

/** The payment of an order now. */
export async function paidOf(door: Door, asker: Asker, orderId: string): Promise<Paid> {
  const { order } = await runOperation(door, asker, OrderPayment, { id: orderId });
  if (!order?.payment) throw new Error(`Nothing is to be paid for ${orderId}.`);
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
