import { Allow, Public } from '@haat/kit/access';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { IdentityContext } from '../context.js';
import { ChangePasswordInput, ChangePasswordResult, changePassword } from '../password/change-password.js';
import { RequestPasswordResetInput, RequestPasswordResetResult, requestPasswordReset, ResetPasswordInput, ResetPasswordResult, resetPassword } from '../password/reset-password.js';
import { ConfirmSecondFactorInput, confirmSecondFactor } from '../totp/confirm-second-factor.js';
import { ConfirmTotpInput, ConfirmTotpResult, confirmTotp, StartTotpResult, startTotp } from '../totp/enrol-totp.js';
import { RemoveTotpInput, RemoveTotpResult, removeTotp } from '../totp/remove-totp.js';
import { EndSessionInput, EndSessionResult, endSession, SignOutResult, signOut } from './end-session.js';
import { readViewer } from './read-viewer.js';
import { RefreshSessionInput, RefreshSessionResult, refreshSession } from './refresh-session.js';
import { SignInResult } from './sign-in-result.js';
import { RequestSignInCodeInput, RequestSignInCodeResult, requestSignInCode, SignInWithCodeInput, signInWithCode } from './sign-in-with-code.js';
import { SignInInput, signIn } from './sign-in.js';
import { Viewer } from './viewer.js';

/** Signing in and out, and what proves who one is. */
@Resolver()
export class SessionResolver {
  @Public()
  @Query(() => Viewer, { nullable: true, description: 'Whoever makes this request; a guest when nobody is signed in.' })
  viewer(@Ctx() ctx: IdentityContext) {
    return readViewer(ctx);
  }

  @Public()
  @Mutation(() => SignInResult, { description: 'Signs in with e-mail address and password.' })
  signIn(@Ctx() ctx: IdentityContext, @Arg('input', () => SignInInput) input: SignInInput): Promise<object> {
    return signIn(ctx, input);
  }

  @Public()
  @Mutation(() => RequestSignInCodeResult, { description: 'Mails a one-time code for signing in, one a minute at most.' })
  requestSignInCode(@Ctx() ctx: IdentityContext, @Arg('input', () => RequestSignInCodeInput) input: RequestSignInCodeInput): Promise<object> {
    return requestSignInCode(ctx, input);
  }

  @Public()
  @Mutation(() => SignInResult, { description: 'Signs in with the one-time code that was mailed.' })
  signInWithCode(@Ctx() ctx: IdentityContext, @Arg('input', () => SignInWithCodeInput) input: SignInWithCodeInput): Promise<object> {
    return signInWithCode(ctx, input);
  }

  @Public()
  @Mutation(() => SignInResult, { description: 'Finishes a sign-in that asked for a second factor.' })
  confirmSecondFactor(@Ctx() ctx: IdentityContext, @Arg('input', () => ConfirmSecondFactorInput) input: ConfirmSecondFactorInput): Promise<object> {
    return confirmSecondFactor(ctx, input);
  }

  @Public()
  @Mutation(() => RefreshSessionResult, { description: 'Gives a refresh token for new tokens; a reused one ends the whole session. Sent again under one Idempotency-Key, it gives the same refresh token.' })
  refreshSession(@Ctx() ctx: IdentityContext, @Arg('input', () => RefreshSessionInput) input: RefreshSessionInput): Promise<object> {
    return ctx.transaction((tx) => refreshSession(tx, input));
  }

  @Public()
  @Mutation(() => SignOutResult, { description: 'Ends the session this request is made in.' })
  signOut(@Ctx() ctx: IdentityContext): Promise<object> {
    return ctx.transaction((tx) => signOut(tx));
  }

  @Allow('USER')
  @Mutation(() => EndSessionResult, { description: 'Ends one of the viewer\'s own sessions, on this device or another.' })
  endSession(@Ctx() ctx: IdentityContext, @Arg('input', () => EndSessionInput) input: EndSessionInput): Promise<object> {
    return ctx.transaction((tx) => endSession(tx, input));
  }

  @Public()
  @Mutation(() => RequestPasswordResetResult, { description: 'Mails a link for choosing a new password, if there is such an account.' })
  requestPasswordReset(@Ctx() ctx: IdentityContext, @Arg('input', () => RequestPasswordResetInput) input: RequestPasswordResetInput): Promise<object> {
    return requestPasswordReset(ctx, input);
  }

  @Public()
  @Mutation(() => ResetPasswordResult, { description: 'Sets a password by a mailed token, of a reset or an invitation.' })
  resetPassword(@Ctx() ctx: IdentityContext, @Arg('input', () => ResetPasswordInput) input: ResetPasswordInput): Promise<object> {
    return resetPassword(ctx, input);
  }

  @Allow('USER')
  @Mutation(() => ChangePasswordResult, { description: 'Changes the viewer\'s own password and ends their other sessions.' })
  changePassword(@Ctx() ctx: IdentityContext, @Arg('input', () => ChangePasswordInput) input: ChangePasswordInput): Promise<object> {
    return changePassword(ctx, input);
  }

  @Allow('USER')
  @Mutation(() => StartTotpResult, { description: 'Makes the secret for an authenticator app; confirmTotp makes it count.' })
  startTotp(@Ctx() ctx: IdentityContext): Promise<object> {
    return ctx.transaction((tx) => startTotp(tx));
  }

  @Allow('USER')
  @Mutation(() => ConfirmTotpResult, { description: 'Takes the app\'s first code; from then on each sign-in asks for one.' })
  confirmTotp(@Ctx() ctx: IdentityContext, @Arg('input', () => ConfirmTotpInput) input: ConfirmTotpInput): Promise<object> {
    return confirmTotp(ctx, input);
  }

  @Allow('USER')
  @Mutation(() => RemoveTotpResult, { description: 'Removes the viewer\'s second factor and its recovery codes.' })
  removeTotp(@Ctx() ctx: IdentityContext, @Arg('input', () => RemoveTotpInput) input: RemoveTotpInput): Promise<object> {
    return removeTotp(ctx, input);
  }
}
