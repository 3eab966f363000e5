import { Allow, Public } from '@haat/kit/access';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { VendorsContext } from '../context.js';
import { Vendor } from '../vendor/vendor.js';
import { Requirement } from './requirement.js';
import { RequirementRule } from './requirement-rule.js';
import { ReapplyAsVendorInput, ReapplyAsVendorResult, reapplyAsVendor } from './reapply-as-vendor.js';
import { ReviewRequirementInput, ReviewRequirementResult, reviewRequirement } from './review-requirement.js';
import { SetVendorRequirementsInput, SetVendorRequirementsResult, setVendorRequirements } from './set-requirements.js';
import { SubmitRequirementInput, SubmitRequirementResult, submitRequirement } from './submit-requirement.js';

/** What is asked of vendors. */
@Resolver(() => Vendor)
export class RequirementResolver {
  @Allow({ vendor: 'id' }, 'OPERATOR', 'PLATFORM', 'SYSTEM')
  @FieldResolver(() => [Requirement], { nullable: true, description: 'What is asked of it and how far it is; for its merchants and operators.' })
  requirements(@Root() vendor: Vendor, @Ctx() ctx: VendorsContext) {
    return ctx.loaders.requirementsByVendor.load(vendor.id);
  }

  @Public()
  @Query(() => [RequirementRule], { nullable: true, description: 'What the marketplace asks of every vendor before it sells.' })
  vendorRequirements(@Ctx() ctx: VendorsContext) {
    return ctx.db.find(RequirementRule, { where: { tenantId: ctx.tenant.id, isRetired: false }, order: { position: 'ASC' } });
  }

  @Allow('OPERATOR')
  @Mutation(() => SetVendorRequirementsResult, { description: 'Sets what is asked of vendors before they sell, in its order.' })
  setVendorRequirements(@Ctx() ctx: VendorsContext, @Arg('input', () => SetVendorRequirementsInput) input: SetVendorRequirementsInput): Promise<object> {
    return ctx.transaction((tx) => setVendorRequirements(tx, input));
  }

  @Allow({ vendor: 'input.vendorId', grant: 'settings.manage' }, 'OPERATOR')
  @Mutation(() => SubmitRequirementResult, { description: 'Hands in what is asked for one requirement; what can be told at once is accepted at once.' })
  submitRequirement(@Ctx() ctx: VendorsContext, @Arg('input', () => SubmitRequirementInput) input: SubmitRequirementInput): Promise<object> {
    return ctx.transaction((tx) => submitRequirement(tx, input));
  }

  @Allow('OPERATOR')
  @Mutation(() => ReviewRequirementResult, { description: 'Accepts, rejects or waives what a vendor handed in.' })
  reviewRequirement(@Ctx() ctx: VendorsContext, @Arg('input', () => ReviewRequirementInput) input: ReviewRequirementInput): Promise<object> {
    return ctx.transaction((tx) => reviewRequirement(tx, input));
  }

  @Allow({ vendor: 'input.vendorId', grant: 'settings.manage' }, 'OPERATOR')
  @Mutation(() => ReapplyAsVendorResult, { description: 'Asks again after the operators turned the vendor down.' })
  reapplyAsVendor(@Ctx() ctx: VendorsContext, @Arg('input', () => ReapplyAsVendorInput) input: ReapplyAsVendorInput): Promise<object> {
    return ctx.transaction((tx) => reapplyAsVendor(tx, input));
  }
}
