import type { Job } from '@haat/kit/define';
import type { TenantsContext, TenantsTx } from '../context.js';
import { inTenantOf } from '../tenant/find-tenant.js';
import { sayChanged } from '../tenant/tenant-state.js';
import { checkEveryMs, Domain, DomainStatus } from './domain.js';
import { releaseDomain } from './release-domain.js';
import { recordsOf } from './verify-domain.js';

/** How many are looked up at once. */
const batchMax = 50;

/** How long a record may be gone before the host is let go, in milliseconds: a slip in DNS must close no shop. */
const missingMsMax = 14 * 86_400_000;

/** When to ask again where DNS did not answer, in milliseconds. */
const retryMs = 3_600_000;

/**
 * Looks once a day whether the host names that serve are still their marketplaces': one that changed hands is let go, so that
 * whoever has it now can prove it.
 */
export const proveDomainsAgain: Job = {
  name: 'prove-domains-again',
  everyMs: 60_000,
  async run({ clock, signal, sweep, inTenant }) {
    const due = await sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from domain where checks_at <= $1 order by checks_at limit ${batchMax}`, [clock.now()]);
    for (const { tenant_id, id } of due) {
      if (signal.aborted) return;
      await inTenant(tenant_id, (ctx) => proveAgain(ctx as unknown as TenantsContext, id));
    }
  },
};

/** DNS is asked between two transactions. That it does not answer says nothing about the record. */
async function proveAgain(ctx: TenantsContext, id: string): Promise<void> {
  const domain = await ctx.db.findOneBy(Domain, { tenantId: ctx.tenant.id, id, status: DomainStatus.ACTIVE });
  if (!domain) return;
  const found = await recordsOf(ctx, domain).catch(() => undefined);
  await ctx.transaction((tx) => settle(tx, id, found?.includes(domain.recordValue)));
}

async function settle(tx: TenantsTx, id: string, isThere: boolean | undefined): Promise<void> {
  await inTenantOf(tx, undefined, async (inner, tenant) => {
    const domain = await inner.db.findOneBy(Domain, { tenantId: tenant.id, id, status: DomainStatus.ACTIVE });
    if (!domain) return;
    const now = inner.clock.now();
    if (isThere !== undefined) domain.missingSince = isThere ? null : (domain.missingSince ?? now);
    domain.checksAt = new Date(now.getTime() + (isThere === undefined ? retryMs : checkEveryMs));
    if (isThere !== false || now.getTime() - (domain.missingSince ?? now).getTime() < missingMsMax) return void (await inner.db.save(domain));
    inner.log.warn({ host: domain.host }, 'A host name was let go: its record has been gone for two weeks.');
    await releaseDomain(inner, domain);
    await sayChanged(inner, tenant);
  });
}
