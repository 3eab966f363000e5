import type { PricingTx } from '../context.js';

/** Counts so many more under a key, in one statement that cannot pass the limit. Answers whether it could. */
export async function count(tx: PricingTx, id: string, { holderId, subject, max, step }: { holderId: string; subject: string; max: number | null; step: number }): Promise<boolean> {
  const rows: unknown[] = await tx.db.query(
    `insert into use_counter as c (id, holder_id, subject, used) select $1, $2, $3, $4 where $5::int is null or $4 <= $5
     on conflict (tenant_id, id) do update set used = c.used + $4, version = c.version + 1, updated_at = now() where $5::int is null or c.used + $4 <= $5 returning id`,
    [id, holderId, subject, step, max]);
  return rows.length > 0;
}

/** Counts so many less under keys. */
export async function uncount(tx: PricingTx, ids: readonly string[], step: number): Promise<void> {
  await tx.db.query('update use_counter set used = greatest(used - $2, 0), version = version + 1, updated_at = now() where id = any($1)', [ids, step]);
}
