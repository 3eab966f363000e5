import { domainVerified } from '@haat/schema/events/tenants';
import { Problem } from '@haat/kit/problem';
import { notFound, unavailable } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { TenantsContext, TenantsTx } from '../context.js';
import { inTenantOf } from '../tenant/find-tenant.js';
import { sayChanged } from '../tenant/tenant-state.js';
import { HostTaken, hostTaken } from './add-domain.js';
import { checkEveryMs, Domain, DomainStatus } from './domain.js';
import { dnsTxtRecords } from './txt-records.js';

/** Which claim is to be proved. */
@InputType({ description: 'Which claim on a host name to prove.' })
export class VerifyDomainInput {
  @Field(() => ID, { description: 'The claim, as addDomain answered it.' })
  domainId: string;
}

/** DNS does not show the record yet. */
@ObjectType({ implements: Problem, description: 'DNS does not show the verification record yet; it may take a while to spread.' })
export class DomainNotVerified extends Problem {
  @Field(() => String, { description: 'Name at which the TXT record was looked for.' })
  recordName: string;

  @Field(() => String, { description: 'Text that the record must have.' })
  expected: string;

  @Field(() => [String], { description: 'Texts that DNS has at that name, at most ten.' })
  found: string[];
}

/** The proved claim, or why it is not proved. */
export const VerifyDomainResult = resultOf('VerifyDomainResult', 'The host name, now serving, or why it is not.', [Domain, DomainNotVerified, HostTaken]);

/** Asks DNS for the record, outside of any transaction, and only then writes. */
export async function verifyDomain(ctx: TenantsContext, input: VerifyDomainInput): Promise<Domain | DomainNotVerified | HostTaken> {
  const domain = await ctx.db.findOneBy(Domain, { tenantId: ctx.tenant.id, id: input.domainId });
  if (!domain) throw notFound('domain');
  if (domain.status === DomainStatus.ACTIVE) return domain;
  const found = await recordsOf(ctx, domain);
  if (!found.includes(domain.recordValue)) return notVerified(domain, found);
  return ctx.transaction((tx) => activate(tx, domain.id));
}

/** The texts that DNS shows for a claim now. Throws `SUBGRAPH_UNAVAILABLE` when it does not answer. */
export async function recordsOf(ctx: TenantsContext, domain: Domain): Promise<readonly string[]> {
  try {
    return await dnsTxtRecords(ctx.config.DNS_SERVERS, ctx.config.DNS_TIMEOUT_MS).read(domain.recordName);
  } catch (error) {
    ctx.log.warn({ err: error, host: domain.host }, 'DNS did not answer.');
    throw unavailable('DNS');
  }
}

function notVerified(domain: Domain, found: readonly string[]): DomainNotVerified {
  const message = `No TXT record at ${domain.recordName} has the expected text yet.`;
  return Object.assign(new DomainNotVerified(), { message, recordName: domain.recordName, expected: domain.recordValue, found: found.slice(0, 10) });
}

/**
 * Only one tenant can have a host: the unique index over active ones decides, whoever comes first. The claim is read again
 * under the tenant's lock, since it may have been proved or given up while DNS was asked.
 */
async function activate(tx: TenantsTx, domainId: string): Promise<Domain | HostTaken> {
  return inTenantOf(tx, undefined, async (inner, tenant) => {
    const domain = await inner.db.findOneBy(Domain, { tenantId: tenant.id, id: domainId });
    if (!domain) throw notFound('domain');
    if (domain.status === DomainStatus.ACTIVE) return domain;
    const [row]: { version: number }[] = await inner.db.query(
      `insert into active_host (host, tenant_id, id) values ($1, $2, $3) on conflict (host) do nothing returning version`,
      [domain.host, tenant.id, domain.id],
    );
    if (!row) return hostTaken(domain.host);
    const now = inner.clock.now();
    Object.assign(domain, { status: DomainStatus.ACTIVE, verifiedAt: now, checksAt: new Date(now.getTime() + checkEveryMs), version: domain.version + 1 });
    const saved = await inner.db.save(domain);
    await inner.emit(domainVerified, { aggregate: { id: saved.id, version: saved.version }, payload: { domainId: saved.id, host: saved.host } });
    await sayChanged(inner, tenant);
    return saved;
  });
}
