import type { TenantsTx } from '../context.js';
import { Domain, DomainStatus } from './domain.js';

/** Lets a host name go: it serves no more and anybody may prove it, while the claim on it stays. */
export async function releaseDomain(tx: TenantsTx, domain: Domain): Promise<void> {
  await tx.db.query('delete from active_host where tenant_id = $1 and id = $2', [domain.tenantId, domain.id]);
  Object.assign(domain, { status: DomainStatus.PENDING_DNS, verifiedAt: null, checksAt: null, missingSince: null, version: domain.version + 1 });
  await tx.db.save(domain);
}

/** Lets go what a marketplace that ends had: its operators cannot come back to do it. */
export async function releaseDomains(tx: TenantsTx, tenantId: string): Promise<void> {
  for (const domain of await tx.db.findBy(Domain, { tenantId, status: DomainStatus.ACTIVE })) await releaseDomain(tx, domain);
}
