import { Allow, Public } from '@haat/kit/access';
import { PageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { TenantsContext } from '../context.js';
import { Domain, DomainStatus } from '../domain/domain.js';
import { FeatureToggle } from '../feature/feature-toggle.js';
import { Plan } from '../plan/plan.js';
import { planOf } from '../plan/plan-of.js';
import { planTerms } from '../plan/plans.js';
import { UsageMeter } from '../usage/usage-meter.js';
import { ChangePlanInput, ChangePlanResult, changePlan } from '../plan/change-plan.js';
import { SetFeatureInput, SetFeatureResult, setFeature } from '../feature/set-feature.js';
import { changeStatus, CloseTenantInput, CloseTenantResult, ResumeTenantInput, ResumeTenantResult, SuspendTenantInput, SuspendTenantResult } from './change-status.js';
import { listTenants, TenantConnection } from './list-tenants.js';
import { OpenTenantInput, OpenTenantResult, openTenant } from './open-tenant.js';
import { Tenant, TenantStatus } from './tenant.js';

/** A tenant's fields and mutations. */
@Resolver(() => Tenant)
export class TenantResolver {
  @Public()
  @Query(() => Tenant, { nullable: true, description: 'The marketplace that this request is made in.' })
  tenant(@Ctx() ctx: TenantsContext) {
    return ctx.db.findOneBy(Tenant, { id: ctx.tenant.id });
  }

  @Allow('PLATFORM')
  @Query(() => TenantConnection, { nullable: true, description: 'All marketplaces, oldest first; for the platform only.' })
  tenants(@Ctx() ctx: TenantsContext, @Args(() => PageArgs) page: PageArgs, @Arg('search', () => String, { nullable: true, description: 'Part of a name or slug, at most 100 characters.' }) search?: string) {
    return listTenants(ctx, page, search);
  }

  @FieldResolver(() => [Domain], { description: 'Host names of its own; those not proved yet are shown to operators only.' })
  async domains(@Root() tenant: Tenant, @Ctx() ctx: TenantsContext) {
    const domains = await ctx.loaders.domainsByTenant.load(tenant.id);
    const isStaff = ctx.viewer.roles.includes('OPERATOR') || ctx.viewer.roles.includes('PLATFORM');
    return isStaff ? domains : domains.filter((d) => d.status === DomainStatus.ACTIVE);
  }

  @Allow('OPERATOR', 'PLATFORM')
  @FieldResolver(() => Plan, { nullable: true, description: 'What the marketplace pays for; operators only.' })
  plan(@Root() tenant: Tenant) {
    return planOf(tenant.planKey);
  }

  @Allow('OPERATOR', 'PLATFORM')
  @FieldResolver(() => [FeatureToggle], { nullable: true, description: 'Features and their switches; operators only.' })
  features(@Root() tenant: Tenant, @Ctx() ctx: TenantsContext) {
    return ctx.loaders.featuresByTenant.load(tenant);
  }

  @Allow('OPERATOR', 'PLATFORM')
  @FieldResolver(() => [UsageMeter], { nullable: true, description: 'How much of each limit is used; operators only.' })
  async usage(@Root() tenant: Tenant, @Ctx() ctx: TenantsContext) {
    const limits: Partial<Record<string, number>> = planTerms(tenant.planKey)?.limits ?? {};
    const rows = await ctx.loaders.metersByTenant.load(tenant.id);
    return rows.map((row) => Object.assign(row, { limit: limits[row.meter] ?? null }));
  }

  @Allow('PLATFORM')
  @Mutation(() => OpenTenantResult, { description: 'Opens a marketplace and mails its first operator an invitation, which resetPassword accepts with its token.' })
  openTenant(@Ctx() ctx: TenantsContext, @Arg('input', () => OpenTenantInput) input: OpenTenantInput): Promise<object> {
    // The same key may come in the input once and by header the next time.
    const { idempotencyKey, ...wish } = input;
    const key = idempotencyKey ?? ctx.idempotencyKey;
    return ctx.transaction((tx) => openTenant(tx, input), key ? { idempotency: { operation: 'openTenant', key, input: wish } } : {});
  }

  @Allow('PLATFORM')
  @Mutation(() => ChangePlanResult, { description: 'Gives a marketplace another plan at once; what exists above its limits stays.' })
  changePlan(@Ctx() ctx: TenantsContext, @Arg('input', () => ChangePlanInput) input: ChangePlanInput): Promise<object> {
    return ctx.transaction((tx) => changePlan(tx, input));
  }

  @Allow('PLATFORM', 'OPERATOR')
  @Mutation(() => SetFeatureResult, { description: 'Switches a feature for one marketplace, or lets it follow the plan again.' })
  setFeature(@Ctx() ctx: TenantsContext, @Arg('input', () => SetFeatureInput) input: SetFeatureInput): Promise<object> {
    return ctx.transaction((tx) => setFeature(tx, input));
  }

  @Allow('PLATFORM')
  @Mutation(() => SuspendTenantResult, { description: 'Stops a marketplace for a while: nobody but the platform reaches it.' })
  suspendTenant(@Ctx() ctx: TenantsContext, @Arg('input', () => SuspendTenantInput) input: SuspendTenantInput): Promise<object> {
    return ctx.transaction((tx) => changeStatus(tx, input, TenantStatus.SUSPENDED));
  }

  @Allow('PLATFORM')
  @Mutation(() => ResumeTenantResult, { description: 'Lets a suspended marketplace serve again, as it was.' })
  resumeTenant(@Ctx() ctx: TenantsContext, @Arg('input', () => ResumeTenantInput) input: ResumeTenantInput): Promise<object> {
    return ctx.transaction((tx) => changeStatus(tx, input, TenantStatus.OPEN));
  }

  @Allow('PLATFORM')
  @Mutation(() => CloseTenantResult, { description: 'Ends a marketplace for good; its data stays until it is erased.' })
  closeTenant(@Ctx() ctx: TenantsContext, @Arg('input', () => CloseTenantInput) input: CloseTenantInput): Promise<object> {
    return ctx.transaction((tx) => changeStatus(tx, input, TenantStatus.CLOSED));
  }
}
