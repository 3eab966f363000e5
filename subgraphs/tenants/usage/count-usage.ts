import { limitReached } from '@haat/schema/events/tenants';
import { newId } from '@haat/kit/id';
import type { TenantsTx } from '../context.js';
import { planTerms, type Meter } from '../plan/plans.js';
import { crossing } from '../plan/usage-crossing.js';
import type { Tenant } from '../tenant/tenant.js';

/** What counting came to. */
export type Counted = { readonly isWithin: true } | { readonly isWithin: false; readonly limit: number };

/**
 * Counts `step` more (or fewer) of a meter, in one statement that cannot pass the plan's limit however many do it at once.
 * Counting down is never refused. Says `limit-reached` when 80 or 100 percent is crossed.
 */
export async function countUsage(tx: TenantsTx, tenant: Tenant, meter: Meter, step: 1 | -1): Promise<Counted> {
  const limit = planTerms(tenant.planKey)?.limits[meter];
  const rows: { id: string; used: number; version: number }[] = await tx.db.query(
    `insert into usage_meter as m (id, tenant_id, meter, used) select $1, $2, $3, greatest($4, 0) where $4 < 0 or $5::int is null or $5 >= $4
     on conflict (tenant_id, meter) do update set used = greatest(m.used + $4, 0), version = m.version + 1 where $4 < 0 or $5::int is null or m.used + $4 <= $5
     returning id, used, version`,
    [newId('evt', tx.clock.now()), tenant.id, meter, step, limit ?? null],
  );
  const [row] = rows;
  if (!row) return { isWithin: false, limit: limit ?? 0 };
  await warn(tx, meter, row, row.used - step, limit);
  return { isWithin: true };
}

/** Takes over a count that another subgraph made of its own rows. Never refused: what exists, exists. */
export async function setUsage(tx: TenantsTx, tenant: Tenant, meter: Meter, used: number): Promise<void> {
  const limit = planTerms(tenant.planKey)?.limits[meter];
  const before: { used: number }[] = await tx.db.query('select used from usage_meter where tenant_id = $1 and meter = $2 for update', [tenant.id, meter]);
  const [row]: { id: string; used: number; version: number }[] = await tx.db.query(
    `insert into usage_meter as m (id, tenant_id, meter, used) values ($1, $2, $3, $4)
     on conflict (tenant_id, meter) do update set used = excluded.used, version = m.version + 1 returning id, used, version`,
    [newId('evt', tx.clock.now()), tenant.id, meter, used],
  );
  if (row) await warn(tx, meter, row, before[0]?.used ?? 0, limit);
}

async function warn(tx: TenantsTx, meter: Meter, row: { id: string; used: number; version: number }, before: number, limit: number | undefined): Promise<void> {
  const percent = crossing(before, row.used, limit);
  if (percent === undefined || limit === undefined) return;
  await tx.emit(limitReached, { aggregate: { id: row.id, version: row.version }, payload: { meter, used: row.used, limit, percent } });
}
