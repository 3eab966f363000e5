import { usageCounted } from '@haat/schema/events/identity';
import type { IdentityTx } from '../context.js';

/** Tells tenants how many of something there are now. The version is the moment: counts follow each other under a lock. */
export async function sayUsage(tx: IdentityTx, meter: 'staff' | 'apiTokens', used: number): Promise<void> {
  const rows: { version: number }[] = await tx.db.query(
    `insert into usage_count as u (tenant_id, id, version, used) values ($1, $2, 1, $3)
     on conflict (tenant_id, id) do update set used = excluded.used, version = u.version + 1 returning version`,
    [tx.tenant.id, meter, used],
  );
  await tx.emit(usageCounted, { aggregate: { id: `${tx.tenant.id}:${meter}`, version: rows[0]?.version ?? 1 }, payload: { meter, used } });
}
