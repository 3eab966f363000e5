import { Allow, Public } from '@haat/kit/access';
import { Money } from '@haat/kit/money';
import { PageArgs } from '@haat/kit/page';
import { MetadataEntry } from '@haat/kit/shared-types';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { VendorsContext } from '../context.js';
import { VendorMember } from '../member/vendor-member.js';
import { ApplyAsVendorInput, ApplyAsVendorResult, applyAsVendor } from './apply-as-vendor.js';
import { ApproveVendorResult, approveVendor } from './approve-vendor.js';
import {
  ApproveVendorInput, closeVendor, CloseVendorInput, CloseVendorResult, rejectVendor, RejectVendorInput, RejectVendorResult, restoreVendor, RestoreVendorInput,
  RestoreVendorResult, suspendVendor, SuspendVendorInput, SuspendVendorResult,
} from './decide-vendor.js';
import { InviteVendorInput, InviteVendorResult, inviteVendor } from './invite-vendor.js';
import { findVendor, seesPrivateFacts } from './find-vendors.js';
import { SetVendorMetadataInput, SetVendorMetadataResult, setVendorMetadata } from './set-vendor-metadata.js';
import { listVendors, VendorConnection } from './list-vendors.js';
import { isOpen, Vendor } from './vendor.js';
import { VendorStatus } from './vendor-status.js';

/** A vendor's fields and mutations. */
@Resolver(() => Vendor)
export class VendorResolver {
  @Public()
  @Query(() => Vendor, { nullable: true, description: 'One vendor by id or slug; those never approved are shown to their merchants and operators only.' })
  vendor(
    @Ctx() ctx: VendorsContext,
    @Arg('id', () => ID, { nullable: true, description: 'The id of the vendor; begins with ven_.' }) id?: string,
    @Arg('slug', () => String, { nullable: true, description: 'Its short name in addresses, in place of the id.' }) slug?: string,
  ) {
    return findVendor(ctx, { id, slug });
  }

  @Public()
  @Query(() => VendorConnection, { nullable: true, description: 'Vendors by name; all of them to operators, approved ones to everybody else.' })
  vendors(
    @Ctx() ctx: VendorsContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('status', () => VendorStatus, { nullable: true, description: 'Only vendors that stand here.' }) status?: VendorStatus,
    @Arg('search', () => String, { nullable: true, description: 'Part of a name or slug, at most 100 characters.' }) search?: string,
  ) {
    return listVendors(ctx, page, { status, search });
  }

  @FieldResolver(() => Boolean, { description: 'Whether it may be bought from now: approved and not on holiday.' })
  openNow(@Root() vendor: Vendor, @Ctx() ctx: VendorsContext) {
    return isOpen(vendor, ctx.clock.now());
  }

  @FieldResolver(() => Money, { nullable: true, description: 'How much of its goods one order must have at least; null where any amount.' })
  minimumOrder(@Root() { minimumOrderMinor, currency }: Vendor) {
    return minimumOrderMinor === null ? null : Money.of(minimumOrderMinor, currency);
  }

  @Allow({ vendor: 'id' }, 'OPERATOR', 'PLATFORM', 'SYSTEM')
  @FieldResolver(() => [VendorMember], { nullable: true, description: 'Who works for the vendor or is invited to; for its merchants and operators.' })
  members(@Root() vendor: Vendor, @Ctx() ctx: VendorsContext) {
    return ctx.loaders.membersByVendor.load(vendor.id);
  }

  @FieldResolver(() => [MetadataEntry], { description: 'Facts that integrations keep; private ones are shown to operators and to tokens of the marketplace or the vendor only.' })
  metadata(@Root() vendor: Vendor, @Ctx() ctx: VendorsContext) {
    const seesPrivate = seesPrivateFacts(ctx.viewer, vendor.id);
    return vendor.storedMetadata.filter((entry) => seesPrivate || !entry.isPrivate).map(({ key, value }) => ({ key, value }));
  }

  @Allow('USER')
  @Mutation(() => ApplyAsVendorResult, { description: 'Applies to sell in the marketplace; whoever is signed in owns the new vendor.' })
  applyAsVendor(@Ctx() ctx: VendorsContext, @Arg('input', () => ApplyAsVendorInput) input: ApplyAsVendorInput): Promise<object> {
    return ctx.transaction((tx) => applyAsVendor(tx, input));
  }

  @Allow('OPERATOR')
  @Mutation(() => ApproveVendorResult, { description: 'Lets a vendor sell from now on, once everything required of it is in order.' })
  approveVendor(@Ctx() ctx: VendorsContext, @Arg('input', () => ApproveVendorInput) input: ApproveVendorInput): Promise<object> {
    return ctx.transaction((tx) => approveVendor(tx, input));
  }

  @Allow('OPERATOR')
  @Mutation(() => RejectVendorResult, { description: 'Turns an applicant down; it may hand in better papers and try again.' })
  rejectVendor(@Ctx() ctx: VendorsContext, @Arg('input', () => RejectVendorInput) input: RejectVendorInput): Promise<object> {
    return ctx.transaction((tx) => rejectVendor(tx, input));
  }

  @Allow('OPERATOR')
  @Mutation(() => SuspendVendorResult, { description: 'Takes a vendor off sale at once; what was bought is still delivered.' })
  suspendVendor(@Ctx() ctx: VendorsContext, @Arg('input', () => SuspendVendorInput) input: SuspendVendorInput): Promise<object> {
    return ctx.transaction((tx) => suspendVendor(tx, input));
  }

  @Allow('OPERATOR')
  @Mutation(() => RestoreVendorResult, { description: 'Puts a suspended vendor on sale again, as it was.' })
  restoreVendor(@Ctx() ctx: VendorsContext, @Arg('input', () => RestoreVendorInput) input: RestoreVendorInput): Promise<object> {
    return ctx.transaction((tx) => restoreVendor(tx, input));
  }

  @Allow('OPERATOR')
  @Mutation(() => CloseVendorResult, { description: 'Ends a vendor for good; its slug stays taken.' })
  closeVendor(@Ctx() ctx: VendorsContext, @Arg('input', () => CloseVendorInput) input: CloseVendorInput): Promise<object> {
    return ctx.transaction((tx) => closeVendor(tx, input));
  }

  @Allow('OPERATOR', { roles: ['TOKEN'], grant: 'vendors.manage' })
  @Mutation(() => SetVendorMetadataResult, { description: 'Replaces the facts that integrations keep of a vendor.' })
  setVendorMetadata(@Ctx() ctx: VendorsContext, @Arg('input', () => SetVendorMetadataInput) input: SetVendorMetadataInput): Promise<object> {
    return ctx.transaction((tx) => setVendorMetadata(tx, input));
  }

  @Allow('OPERATOR')
  @Mutation(() => InviteVendorResult, { description: 'Asks somebody by mail to sell in the marketplace; whoever accepts owns the vendor.' })
  inviteVendor(@Ctx() ctx: VendorsContext, @Arg('input', () => InviteVendorInput) input: InviteVendorInput): Promise<object> {
    return ctx.transaction((tx) => inviteVendor(tx, input));
  }
}
