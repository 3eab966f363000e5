import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { forbidden } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { TenantsTx } from '../context.js';
import { planTerms } from '../plan/plans.js';
import { statusConflict, TenantStatusConflict } from '../tenant/change-status.js';
import { inTenantOf } from '../tenant/find-tenant.js';
import { sayChanged } from '../tenant/tenant-state.js';
import { Tenant, TenantStatus } from '../tenant/tenant.js';

/** Which feature goes where. */
@InputType({ description: 'Which feature to switch, and how.' })
export class SetFeatureInput {
  @Field(() => ID, { nullable: true, description: 'The marketplace; the one asked in when left out.' })
  tenantId?: string | null;

  @Field(() => ID, { description: 'Stable name of the feature, such as flash-sales.' })
  key: string;

  @Field(() => Boolean, { nullable: true, description: 'On or off for this marketplace; null follows the plan again.' })
  isEnabled?: boolean | null;
}

/** The tenant with its switches. */
export const SetFeatureResult = resultOf('SetFeatureResult', 'The marketplace with its feature switches, or why they stay.', [Tenant, TenantStatusConflict]);

const rules = z.object({
  tenantId: z.string().max(64).nullish(),
  key: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'expected a feature name such as flash-sales'),
  isEnabled: z.boolean().nullish(),
});

/**
 * Switches a feature for one tenant, or lets it follow the plan again. An operator switches what the plan has; only the
 * platform gives what it has not, or a plan would limit nothing.
 */
export async function setFeature(tx: TenantsTx, input: SetFeatureInput): Promise<Tenant | TenantStatusConflict> {
  const { tenantId, key, isEnabled } = parsed(rules, input);
  return inTenantOf(tx, tenantId ?? undefined, async (inner, tenant) => {
    if (tenant.status === TenantStatus.CLOSED) return statusConflict(tenant);
    if (!tx.viewer.roles.includes('PLATFORM') && !planTerms(tenant.planKey)?.features.includes(key)) throw forbidden(`The plan does not have ${key}.`);
    await (isEnabled === null || isEnabled === undefined ? forget(inner, tenant, key) : remember(inner, tenant, key, isEnabled));
    return sayChanged(inner, tenant);
  });
}

async function forget(tx: TenantsTx, tenant: Tenant, key: string): Promise<void> {
  await tx.db.query('delete from feature_override where tenant_id = $1 and key = $2', [tenant.id, key]);
}

async function remember(tx: TenantsTx, tenant: Tenant, key: string, isEnabled: boolean): Promise<void> {
  await tx.db.query(
    `insert into feature_override (tenant_id, id, key, is_enabled) values ($1, $2, $3, $4)
     on conflict (tenant_id, key) do update set is_enabled = excluded.is_enabled, version = feature_override.version + 1, updated_at = now()`,
    [tenant.id, newId('evt', tx.clock.now()), key, isEnabled],
  );
}
