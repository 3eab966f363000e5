import type { OrdersTx } from '../context.js';

/** The next number of a series. Its row is held to the end of the transaction: numbers follow the order of commits, and what is rolled back leaves no gap. */
export async function nextNumber(tx: OrdersTx, series: string, first: number): Promise<number> {
  const [row]: { next: string }[] = await tx.db.query(
    `insert into number_series as s (id, next) values ($1, $2) on conflict (tenant_id, id) do update set next = s.next + 1, updated_at = now() returning next`, [series, first]);
  return Number(row?.next);
}
