import { platformTenantId } from '@haat/schema/ids';
import { parsed } from '@haat/kit/input';
import { Problem } from '@haat/kit/problem';
import { forbidden } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { TenantsTx } from '../context.js';
import { releaseDomains } from '../domain/release-domain.js';
import { inTenantOf } from './find-tenant.js';
import { mayBecome } from './tenant-status.js';
import { sayChanged } from './tenant-state.js';
import { Tenant, TenantStatus } from './tenant.js';

/** The marketplace cannot go from where it is to where it was asked to go. */
@ObjectType({ implements: Problem, description: 'The marketplace cannot take this step from its present status.' })
export class TenantStatusConflict extends Problem {
  @Field(() => TenantStatus, { description: 'Status that the marketplace has now.' })
  status: TenantStatus;
}

/** Which marketplace stops serving for a while. */
@InputType({ description: 'Which marketplace to stop for a while, and why.' })
export class SuspendTenantInput {
  @Field(() => ID, { description: 'The marketplace that is to stop serving.' })
  tenantId: string;

  @Field(() => String, { description: 'Why, for the record, 1 to 500 characters.' })
  reason: string;
}

/** Which marketplace serves again. */
@InputType({ description: 'Which suspended marketplace is to serve again.' })
export class ResumeTenantInput {
  @Field(() => ID, { description: 'The marketplace that is to serve again.' })
  tenantId: string;
}

/** Which marketplace ends. */
@InputType({ description: 'Which marketplace to end for good, and why.' })
export class CloseTenantInput {
  @Field(() => ID, { description: 'The marketplace that is to end.' })
  tenantId: string;

  @Field(() => String, { description: 'Why, for the record, 1 to 500 characters.' })
  reason: string;
}

/** The suspended tenant, or why not. */
export const SuspendTenantResult = resultOf('SuspendTenantResult', 'The marketplace, now suspended, or why not.', [Tenant, TenantStatusConflict]);
/** The resumed tenant, or why not. */
export const ResumeTenantResult = resultOf('ResumeTenantResult', 'The marketplace, serving again, or why not.', [Tenant, TenantStatusConflict]);
/** The closed tenant, or why not. */
export const CloseTenantResult = resultOf('CloseTenantResult', 'The marketplace, now closed, or why not.', [Tenant, TenantStatusConflict]);

const rules = z.object({ tenantId: z.string().max(64), reason: z.string().trim().min(1).max(500).optional() });

/** Takes a tenant to another status. Taking it where it is already changes nothing and says nothing. */
export async function changeStatus(tx: TenantsTx, input: { tenantId: string; reason?: string }, to: TenantStatus): Promise<Tenant | TenantStatusConflict> {
  const { tenantId, reason } = parsed(rules, input);
  // Whoever could open it again signs in there.
  if (tenantId === platformTenantId) throw forbidden('The platform\'s own marketplace stays open.');
  return inTenantOf(tx, tenantId, async (inner, tenant) => {
    if (tenant.status === to) return tenant;
    if (!mayBecome(tenant.status, to)) return statusConflict(tenant);
    inner.log.info({ from: tenant.status, to, reason }, 'A marketplace changed its status.');
    tenant.status = to;
    if (to === TenantStatus.CLOSED) await releaseDomains(inner, tenant.id);
    return sayChanged(inner, tenant);
  });
}

/** Says which status stands in the way. */
export function statusConflict(tenant: Tenant): TenantStatusConflict {
  const message = `The marketplace ${tenant.slug} is ${tenant.status}.`;
  return Object.assign(new TenantStatusConflict(), { message, status: tenant.status });
}
