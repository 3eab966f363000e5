import { parsed } from '@haat/kit/input';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { TenantsTx } from '../context.js';
import { statusConflict, TenantStatusConflict } from '../tenant/change-status.js';
import { inTenantOf } from '../tenant/find-tenant.js';
import { sayChanged } from '../tenant/tenant-state.js';
import { Tenant, TenantStatus } from '../tenant/tenant.js';
import { planTerms } from './plans.js';

/** Which plan a marketplace gets. */
@InputType({ description: 'Which plan a marketplace is to have.' })
export class ChangePlanInput {
  @Field(() => ID, { nullable: true, description: 'The marketplace; the one asked in when left out.' })
  tenantId?: string | null;

  @Field(() => String, { description: 'Key of the new plan, such as GROWTH.' })
  planKey: string;
}

/** The tenant with its new plan. */
export const ChangePlanResult = resultOf('ChangePlanResult', 'The marketplace with its new plan, or why it keeps the old one.', [Tenant, TenantStatusConflict]);

const rules = z.object({
  tenantId: z.string().max(64).nullish(),
  planKey: z.string().refine((key) => planTerms(key) !== undefined, 'no such plan'),
});

/** Changes the plan at once; a marketplace that is closed keeps its own. What exists above a smaller plan's limits stays; only more of it is refused. */
export async function changePlan(tx: TenantsTx, input: ChangePlanInput): Promise<Tenant | TenantStatusConflict> {
  const { tenantId, planKey } = parsed(rules, input);
  return inTenantOf(tx, tenantId ?? undefined, async (inner, tenant) => {
    if (tenant.status === TenantStatus.CLOSED) return statusConflict(tenant);
    if (tenant.planKey === planKey) return tenant;
    tenant.planKey = planKey;
    return sayChanged(inner, tenant);
  });
}
