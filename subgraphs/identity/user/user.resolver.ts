import { Allow, Public } from '@haat/kit/access';
import { holdsGrant } from '@haat/kit/identity';
import { PageArgs } from '@haat/kit/page';
import { Locale } from '@haat/kit/scalars';
import { MetadataEntry } from '@haat/kit/shared-types';
import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { RemoveAddressInput, RemoveAddressResult, removeAddress } from '../address/remove-address.js';
import { SaveAddressInput, SaveAddressResult, saveAddress } from '../address/save-address.js';
import { SavedAddress } from '../address/saved-address.js';
import type { IdentityContext } from '../context.js';
import { GrantRoleInput, GrantRoleResult, grantRole, RevokeRoleInput, RevokeRoleResult, revokeRole } from '../role/grant-role.js';
import { Session } from '../session/session.js';
import { ChangePreferencesInput, ChangePreferencesResult, changePreferences, ChangeProfileInput, ChangeProfileResult, changeProfile } from './change-profile.js';
import { DeactivateUserInput, DeactivateUserResult, deactivateUser, EraseUserInput, EraseUserResult, eraseUser, ReactivateUserInput, ReactivateUserResult, reactivateUser } from './close-account.js';
import { InviteUserInput, InviteUserResult, inviteUser } from './invite-user.js';
import { listUsers, UserConnection } from './list-users.js';
import { RegisterInput, RegisterResult, register } from './register.js';
import { SetUserMetadataInput, SetUserMetadataResult, setUserMetadata } from './set-user-metadata.js';
import { User } from './user.js';
import { VerifyEmailInput, VerifyEmailResult, verifyEmail } from './verify-email.js';

/** What a person has chosen. */
@ObjectType({ description: 'What a person has chosen about language and mail.' })
export class UserPreferences {
  @Field(() => Locale, { description: 'Language of the mails the person is sent.' })
  locale: string;

  @Field(() => Boolean, { description: 'Whether the person agrees to be sent offers and news.' })
  wantsMarketing: boolean;
}

/** People: their fields, and what is done with accounts. */
@Resolver(() => User)
export class UserResolver {
  @Allow('USER', 'OPERATOR', 'PLATFORM')
  @Query(() => User, { nullable: true, description: 'A person by id: the viewer themselves, or anybody for operators.' })
  async user(@Ctx() ctx: IdentityContext, @Arg('id', () => ID, { description: 'The person to read; begins with usr_.' }) id: string) {
    const isStaff = ctx.viewer.roles.includes('OPERATOR') || ctx.viewer.roles.includes('PLATFORM');
    return id === ctx.viewer.userId || isStaff ? ctx.db.findOneBy(User, { tenantId: ctx.tenant.id, id }) : null;
  }

  @Allow('OPERATOR', 'PLATFORM')
  @Query(() => UserConnection, { nullable: true, description: 'The people of this marketplace, newest first; operators only.' })
  users(@Ctx() ctx: IdentityContext, @Args(() => PageArgs) page: PageArgs, @Arg('search', () => String, { nullable: true, description: 'Part of a name or an e-mail address, at most 100 characters.' }) search?: string) {
    return listUsers(ctx, page, search);
  }

  @Allow({ self: 'id' }, 'OPERATOR', 'PLATFORM')
  @FieldResolver(() => [SavedAddress], { nullable: true, description: 'Addresses kept for later orders, the default one first; for the person and operators.' })
  async addresses(@Root() user: User, @Ctx() ctx: IdentityContext) {
    return ((await ctx.loaders.addressesByUser.load(user.id)) ?? []).map((row) => SavedAddress.of(row));
  }

  @Allow({ self: 'id' }, 'OPERATOR', 'PLATFORM')
  @FieldResolver(() => [Session], { nullable: true, description: 'Open sessions, newest first; for the person and operators.' })
  sessions(@Root() user: User, @Ctx() ctx: IdentityContext) {
    return ctx.loaders.sessionsByUser.load(user.id);
  }

  @Allow({ self: 'id' }, 'OPERATOR', 'PLATFORM')
  @FieldResolver(() => UserPreferences, { nullable: true, description: 'What the person has chosen; for the person and operators.' })
  preferences(@Root() user: User): UserPreferences {
    return { locale: user.locale, wantsMarketing: user.wantsMarketing };
  }

  @Allow({ self: 'id' }, 'OPERATOR', 'PLATFORM', 'TOKEN')
  @FieldResolver(() => [MetadataEntry], { nullable: true, description: 'Facts that integrations keep; private ones are shown to operators and to tokens that may change them.' })
  metadata(@Root() user: User, @Ctx() ctx: IdentityContext) {
    const seesPrivate = (ctx.viewer.kind === 'TOKEN' && holdsGrant(ctx.viewer, 'users.manage')) || ctx.viewer.roles.includes('OPERATOR');
    return user.storedMetadata.filter((entry) => seesPrivate || !entry.isPrivate).map(({ key, value }) => ({ key, value }));
  }

  @Public()
  @Mutation(() => RegisterResult, { description: 'Makes an account and mails a link that proves the address.' })
  register(@Ctx() ctx: IdentityContext, @Arg('input', () => RegisterInput) input: RegisterInput): Promise<object> {
    return register(ctx, input);
  }

  @Public()
  @Mutation(() => VerifyEmailResult, { description: 'Takes the mailed token for the proof of an e-mail address.' })
  verifyEmail(@Ctx() ctx: IdentityContext, @Arg('input', () => VerifyEmailInput) input: VerifyEmailInput): Promise<object> {
    return ctx.transaction((tx) => verifyEmail(tx, input));
  }

  @Allow('USER')
  @Mutation(() => ChangeProfileResult, { description: 'Changes the viewer\'s own name and telephone number.' })
  changeProfile(@Ctx() ctx: IdentityContext, @Arg('input', () => ChangeProfileInput) input: ChangeProfileInput): Promise<object> {
    return ctx.transaction((tx) => changeProfile(tx, input));
  }

  @Allow('USER')
  @Mutation(() => ChangePreferencesResult, { description: 'Changes the viewer\'s own language and consent.' })
  changePreferences(@Ctx() ctx: IdentityContext, @Arg('input', () => ChangePreferencesInput) input: ChangePreferencesInput): Promise<object> {
    return ctx.transaction((tx) => changePreferences(tx, input));
  }

  @Allow('USER')
  @Mutation(() => SaveAddressResult, { description: 'Keeps an address of the viewer\'s own, new or in place of an old one.' })
  saveAddress(@Ctx() ctx: IdentityContext, @Arg('input', () => SaveAddressInput) input: SaveAddressInput): Promise<object> {
    return ctx.transaction((tx) => saveAddress(tx, input));
  }

  @Allow('USER')
  @Mutation(() => RemoveAddressResult, { description: 'Removes an address of the viewer\'s own.' })
  removeAddress(@Ctx() ctx: IdentityContext, @Arg('input', () => RemoveAddressInput) input: RemoveAddressInput): Promise<object> {
    return ctx.transaction((tx) => removeAddress(tx, input));
  }

  @Allow('OPERATOR', 'PLATFORM')
  @Mutation(() => InviteUserResult, { description: 'Invites somebody by mail to work in the marketplace.' })
  inviteUser(@Ctx() ctx: IdentityContext, @Arg('input', () => InviteUserInput) input: InviteUserInput): Promise<object> {
    return inviteUser(ctx, input);
  }

  @Allow('OPERATOR', 'PLATFORM')
  @Mutation(() => GrantRoleResult, { description: 'Gives a person a role, which counts within seconds.' })
  grantRole(@Ctx() ctx: IdentityContext, @Arg('input', () => GrantRoleInput) input: GrantRoleInput): Promise<object> {
    return ctx.transaction((tx) => grantRole(tx, input));
  }

  @Allow('OPERATOR', 'PLATFORM')
  @Mutation(() => RevokeRoleResult, { description: 'Takes a role away; the last operator keeps theirs.' })
  revokeRole(@Ctx() ctx: IdentityContext, @Arg('input', () => RevokeRoleInput) input: RevokeRoleInput): Promise<object> {
    return ctx.transaction((tx) => revokeRole(tx, input));
  }

  @Allow('OPERATOR', 'PLATFORM')
  @Mutation(() => DeactivateUserResult, { description: 'Switches an account off and ends its sessions.' })
  deactivateUser(@Ctx() ctx: IdentityContext, @Arg('input', () => DeactivateUserInput) input: DeactivateUserInput): Promise<object> {
    return ctx.transaction((tx) => deactivateUser(tx, input));
  }

  @Allow('OPERATOR', 'PLATFORM')
  @Mutation(() => ReactivateUserResult, { description: 'Switches an account on again.' })
  reactivateUser(@Ctx() ctx: IdentityContext, @Arg('input', () => ReactivateUserInput) input: ReactivateUserInput): Promise<object> {
    return ctx.transaction((tx) => reactivateUser(tx, input));
  }

  @Allow('USER', 'OPERATOR', 'PLATFORM')
  @Mutation(() => EraseUserResult, { description: 'Forgets a person for good, everywhere in the marketplace.' })
  eraseUser(@Ctx() ctx: IdentityContext, @Arg('input', () => EraseUserInput) input: EraseUserInput): Promise<object> {
    return ctx.transaction((tx) => eraseUser(tx, input));
  }

  @Allow('OPERATOR', { roles: ['TOKEN'], grant: 'users.manage' })
  @Mutation(() => SetUserMetadataResult, { description: 'Replaces the facts that integrations keep of a person.' })
  setUserMetadata(@Ctx() ctx: IdentityContext, @Arg('input', () => SetUserMetadataInput) input: SetUserMetadataInput): Promise<object> {
    return ctx.transaction((tx) => setUserMetadata(tx, input));
  }
}
