import { notFound } from '@haat/kit/refusal';
import { platformTenantId } from '@haat/schema/ids';
import type { TenantsContext, TenantsTx } from '../context.js';
import { Tenant } from './tenant.js';

/** Tenants by id, in the order of the ids, with one statement. Row-level security decides which exist for the asker. */
export async function findTenants(ctx: TenantsContext, keys: readonly { readonly id: string }[]): Promise<(Tenant | null)[]> {
  const rows = await ctx.db.createQueryBuilder(Tenant, 't').where('t.id = any(:ids)', { ids: keys.map((k) => k.id) }).getMany();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return keys.map((k) => byId.get(k.id) ?? null);
}

/**
 * Runs a write in the tenant it is about: the platform names one, an operator's is their own.
 * The row is locked, so that changes of one tenant follow each other.
 */
export async function inTenantOf<T>(tx: TenantsTx, tenantId: string | undefined, work: (tx: TenantsTx, tenant: Tenant) => Promise<T>): Promise<T> {
  const id = tenantId ?? tx.tenant.id;
  if (id === tx.tenant.id) return work(tx, await lockedTenant(tx, id));
  if (tx.tenant.id !== platformTenantId || !tx.viewer.roles.includes('PLATFORM')) throw notFound('tenant');
  return tx.inTenant(id, async (inner) => work(inner, await lockedTenant(inner, id)));
}

async function lockedTenant(tx: TenantsTx, id: string): Promise<Tenant> {
  const tenant = await tx.db.findOne(Tenant, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!tenant) throw notFound('tenant');
  return tenant;
}
