import { appendFile, readFile } from 'node:fs/promises';
import type { PartnerDoor } from './door.js';
import { allPages } from './pages.js';
import type { OperationIds } from './register.js';

/** An order's part of one vendor, as the ERP keeps it. */
export interface PulledOrder {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly lines: readonly { readonly sku: string; readonly title: string; readonly quantity: number }[];
}

/** Reads the vendor's orders that are to be packed, and answers those that the ERP does not have yet. */
export async function pullOrders(door: PartnerDoor, ids: OperationIds, { vendorId, known }: { readonly vendorId: string; readonly known: ReadonlySet<string> }): Promise<PulledOrder[]> {
  const orders = await allPages<PulledOrder>(door, ids, 'OrdersToPack', { vendorId });
  return orders.filter(({ id }) => !known.has(id));
}

/** The ids of the orders in a file of one order a line; none when there is no such file. */
export async function ordersIn(file: string): Promise<Set<string>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return new Set(text.split('\n').filter((line) => line !== '').map((line) => (JSON.parse(line) as PulledOrder).id));
}

/** Adds orders to that file. */
export async function keepOrders(file: string, orders: readonly PulledOrder[]): Promise<void> {
  await appendFile(file, orders.map((order) => `${JSON.stringify(order)}\n`).join(''));
}
