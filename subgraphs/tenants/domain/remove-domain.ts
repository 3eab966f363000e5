import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { TenantsTx } from '../context.js';
import { inTenantOf } from '../tenant/find-tenant.js';
import { sayChanged } from '../tenant/tenant-state.js';
import { countUsage } from '../usage/count-usage.js';
import { Domain, DomainStatus } from './domain.js';
import { releaseDomain } from './release-domain.js';

/** Which claim is given up. */
@InputType({ description: 'Which claim on a host name to give up.' })
export class RemoveDomainInput {
  @Field(() => ID, { description: 'The claim, as addDomain answered it.' })
  domainId: string;
}

/** Given up. */
@ObjectType({ description: 'The claim is given up; the host serves this marketplace no more and frees its place in the plan.' })
export class RemoveDomainSucceeded {
  @Field(() => ID, { description: 'The claim that is gone.' })
  domainId: string;
}

/** There is nothing to give up. */
@ObjectType({ implements: Problem, description: 'The marketplace has no such claim: it was given up before, or is not its own.' })
export class DomainNotClaimed extends Problem {}

/** Given up, or never there. */
export const RemoveDomainResult = resultOf('RemoveDomainResult', 'The claim is given up, or there was none.', [RemoveDomainSucceeded, DomainNotClaimed]);

/** Gives a claim up, and the host with it. Claiming it again later takes another record. */
export async function removeDomain(tx: TenantsTx, input: RemoveDomainInput): Promise<RemoveDomainSucceeded | DomainNotClaimed> {
  const { domainId } = parsed(z.object({ domainId: idText }), input);
  return inTenantOf(tx, undefined, async (inner, tenant) => {
    const domain = await inner.db.findOneBy(Domain, { tenantId: tenant.id, id: domainId });
    if (!domain) return Object.assign(new DomainNotClaimed(), { message: 'There is no such claim.' });
    const hasServed = domain.status === DomainStatus.ACTIVE;
    if (hasServed) await releaseDomain(inner, domain);
    await inner.db.delete(Domain, { tenantId: tenant.id, id: domain.id });
    await countUsage(inner, tenant, 'domains', -1);
    if (hasServed) await sayChanged(inner, tenant);
    return Object.assign(new RemoveDomainSucceeded(), { domainId });
  });
}
