import { Allow } from '@haat/kit/access';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { VendorsContext } from '../context.js';
import { Vendor } from '../vendor/vendor.js';
import { AcceptInvitationInput, AcceptInvitationResult, acceptInvitation } from './accept-invitation.js';
import { ChangeVendorMemberInput, ChangeVendorMemberResult, changeVendorMember, RemoveVendorMemberInput, RemoveVendorMemberResult, removeVendorMember } from './change-member.js';
import { InviteVendorMemberInput, InviteVendorMemberResult, inviteVendorMember } from './invite-member.js';
import { VendorMember } from './vendor-member.js';

/** Who works for a vendor. */
@Resolver(() => VendorMember)
export class MemberResolver {
  @FieldResolver(() => Vendor, { nullable: true, description: 'The vendor that the person works for or is invited to.' })
  vendor(@Root() member: VendorMember, @Ctx() ctx: VendorsContext) {
    return ctx.loaders.vendorById.load(member.vendorId);
  }

  @Allow({ vendor: 'input.vendorId', grant: 'members.manage' }, 'OPERATOR')
  @Mutation(() => InviteVendorMemberResult, { description: 'Asks a person by mail to work for a vendor; acceptInvitation takes the token of that mail.' })
  inviteVendorMember(@Ctx() ctx: VendorsContext, @Arg('input', () => InviteVendorMemberInput) input: InviteVendorMemberInput): Promise<object> {
    return ctx.transaction((tx) => inviteVendorMember(tx, input));
  }

  @Allow('USER')
  @Mutation(() => AcceptInvitationResult, { description: 'Begins to work for a vendor, by the token of the mail that invited.' })
  acceptInvitation(@Ctx() ctx: VendorsContext, @Arg('input', () => AcceptInvitationInput) input: AcceptInvitationInput): Promise<object> {
    return ctx.transaction((tx) => acceptInvitation(tx, input));
  }

  @Allow({ vendor: 'input.vendorId', grant: 'members.manage' }, 'OPERATOR')
  @Mutation(() => ChangeVendorMemberResult, { description: 'Gives a member another role or other rights; nobody hands out what they do not hold.' })
  changeVendorMember(@Ctx() ctx: VendorsContext, @Arg('input', () => ChangeVendorMemberInput) input: ChangeVendorMemberInput): Promise<object> {
    return ctx.transaction((tx) => changeVendorMember(tx, input));
  }

  @Allow({ vendor: 'input.vendorId', grant: 'members.manage' }, 'OPERATOR')
  @Mutation(() => RemoveVendorMemberResult, { description: 'Ends a membership, or withdraws an invitation.' })
  removeVendorMember(@Ctx() ctx: VendorsContext, @Arg('input', () => RemoveVendorMemberInput) input: RemoveVendorMemberInput): Promise<object> {
    return ctx.transaction((tx) => removeVendorMember(tx, input));
  }
}
