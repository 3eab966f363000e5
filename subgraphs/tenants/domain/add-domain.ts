import { randomBytes } from 'node:crypto';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { TenantsTx } from '../context.js';
import { PlanLimitReached } from '../plan/plan-limit-reached.js';
import { inTenantOf } from '../tenant/find-tenant.js';
import type { Tenant } from '../tenant/tenant.js';
import { countUsage } from '../usage/count-usage.js';
import { Domain, DomainStatus } from './domain.js';
import { hostName, isPlatformHost } from './host-name.js';

/** Which host name is claimed. */
@InputType({ description: 'Which host name the marketplace claims.' })
export class AddDomainInput {
  @Field(() => String, { description: 'The host name, such as shop.example.com, without scheme and port.' })
  host: string;
}

/** The host serves already: this marketplace or another. */
@ObjectType({ implements: Problem, description: 'The host name cannot be claimed: it serves a marketplace already.' })
export class HostTaken extends Problem {
  @Field(() => String, { description: 'The host name that was asked for.' })
  host: string;
}

/** The claim, or why there is none. */
export const AddDomainResult = resultOf('AddDomainResult', 'The claim on the host name, or why there is none.', [Domain, HostTaken, PlanLimitReached]);

const rules = z.object({
  host: z.string().max(300).transform((text, issue) => hostName(text) ?? fail(issue, text)),
});

/** Claims a host name: it serves once its verification record is seen in DNS (verifyDomain). Claiming again gives the same claim. */
export async function addDomain(tx: TenantsTx, input: AddDomainInput): Promise<Domain | HostTaken | PlanLimitReached> {
  const { host } = parsed(rules, input);
  return inTenantOf(tx, undefined, async (inner, tenant) => {
    const claimed = await inner.db.findOneBy(Domain, { tenantId: tenant.id, host });
    if (claimed) return claimed;
    if (isPlatformHost(host, inner.config.PLATFORM_DOMAINS)) return hostTaken(host);
    const counted = await countUsage(inner, tenant, 'domains', 1);
    if (!counted.isWithin) return planLimitReached(counted.limit);
    return insertDomain(inner, tenant, host);
  });
}

/** The same answer whether the host is ours by nature or another tenant's by proof. */
export function hostTaken(host: string): HostTaken {
  return Object.assign(new HostTaken(), { message: `${host} serves a marketplace already.`, host });
}

function planLimitReached(limit: number): PlanLimitReached {
  return Object.assign(new PlanLimitReached(), { message: `The plan allows ${limit} domains.`, meter: 'domains', limit });
}

async function insertDomain(tx: TenantsTx, tenant: Tenant, host: string): Promise<Domain> {
  const domain = tx.db.create(Domain, {
    tenantId: tenant.id, id: newId('dom', tx.clock.now()), version: 1, host, status: DomainStatus.PENDING_DNS,
    token: randomBytes(18).toString('base64url'), verifiedAt: null, checksAt: null, missingSince: null,
  });
  return tx.db.save(domain);
}

function fail(issue: z.RefinementCtx, text: string): never {
  issue.addIssue({ code: 'custom', message: `expected a host name such as shop.example.com, got ${JSON.stringify(text.slice(0, 80))}` });
  return z.NEVER;
}
