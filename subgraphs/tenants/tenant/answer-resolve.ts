import { tenantResolve } from '@haat/schema/asks/tenants';
import { defineAnswer } from '@haat/kit/define';
import type { TenantsContext } from '../context.js';
import { hostName, slugOfHost } from '../domain/host-name.js';
import { factsOf } from './tenant-state.js';
import { Tenant } from './tenant.js';

/**
 * Which tenant a host, slug or id means. Asked before any tenant is known, so in the platform's, whose context may see
 * every tenant's row.
 */
export const answerResolve = defineAnswer(tenantResolve, async (ctx: TenantsContext, wanted) => {
  const tenant = await find(ctx, wanted);
  if (!tenant) return { tenant: null };
  return { tenant: { ...(await factsOf(ctx, tenant)), name: tenant.name, status: tenant.status } };
});

async function find(ctx: TenantsContext, wanted: { host?: string; slug?: string; id?: string }): Promise<Tenant | null> {
  if (wanted.id !== undefined) return ctx.db.findOneBy(Tenant, { id: wanted.id });
  const slug = wanted.slug ?? slugOfHost(wanted.host ?? '', ctx.config.PLATFORM_DOMAINS);
  if (slug !== undefined) return ctx.db.findOneBy(Tenant, { slug });
  const host = hostName((wanted.host ?? '').split(':')[0] ?? '');
  if (!host) return null;
  return ctx.db.createQueryBuilder(Tenant, 't')
    .innerJoin('active_host', 'h', 'h.tenant_id = t.id')
    .where('h.host = :host', { host })
    .getOne();
}
