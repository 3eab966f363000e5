import { parsed } from '@haat/kit/input';
import { Field, InputType } from 'type-graphql';
import { IsNull, MoreThan, Not } from 'typeorm';
import { z } from 'zod';
import { SecretCode } from '../code/secret-code.js';
import type { IdentityContext, IdentityTx } from '../context.js';
import { countAttempts, forgetAttempts } from '../session/attempts.js';
import { openSession } from '../session/open-session.js';
import { hashOf } from '../session/random-secret.js';
import type { SignInOutcome } from '../session/sign-in.js';
import { accountAttempts, addressAttempts } from '../session/sign-in-attempts.js';
import { SignInSucceeded, TooManyAttempts, WrongCredentials } from '../session/sign-in-result.js';
import { lockedUser } from '../user/locked-user.js';
import { takeRecoveryCode, takeTotp } from './take-totp.js';
import { TotpFactor } from './totp-factor.js';

/** How many wrong codes one challenge takes. */
const challengeTriesMax = 5;

/** The second factor. */
@InputType({ description: 'The second factor of a sign-in that was begun.' })
export class ConfirmSecondFactorInput {
  @Field(() => String, { description: 'The challenge that SecondFactorRequired named.' })
  challenge: string;

  @Field(() => String, { description: 'Six digits of the app, or a recovery code.' })
  code: string;
}

const rules = z.object({ challenge: z.string().max(200), code: z.string().trim().min(6).max(40) });

/**
 * Finishes a sign-in. A challenge ends after five wrong codes; and since whoever has the password can begin another, the
 * account's tries are counted as well.
 */
export async function confirmSecondFactor(ctx: IdentityContext, input: ConfirmSecondFactorInput): Promise<SignInOutcome> {
  const { challenge, code } = parsed(rules, input);
  const begun = await ctx.db.findOneBy(SecretCode, begunBy(ctx, challenge));
  const account = begun && accountAttempts(ctx, 'second-factor:account', begun.userId);
  const { waitSeconds } = await countAttempts(ctx, [...(account ? [account] : []), addressAttempts(ctx, 'second-factor:address')]);
  if (waitSeconds > 0) return TooManyAttempts.of(waitSeconds);
  const outcome = await ctx.transaction((tx) => confirm(tx, challenge, code));
  if (account && outcome instanceof SignInSucceeded) await forgetAttempts(ctx, account);
  return outcome;
}

function begunBy(ctx: IdentityContext | IdentityTx, challenge: string) {
  return { tenantId: ctx.tenant.id, hash: hashOf(challenge), purpose: 'SECOND_FACTOR' as const, usedAt: IsNull(), expiresAt: MoreThan(ctx.clock.now()) };
}

async function confirm(tx: IdentityTx, challenge: string, code: string): Promise<SignInOutcome> {
  const wrong = WrongCredentials.of('The code is wrong or too old.');
  // The account's lock comes before its challenge's, as where a new password ends both.
  const named = await tx.db.findOneBy(SecretCode, begunBy(tx, challenge));
  const user = named && (await lockedUser(tx, { id: named.userId, status: 'ACTIVE' }));
  const begun = user && (await tx.db.findOne(SecretCode, { where: begunBy(tx, challenge), lock: { mode: 'pessimistic_write' } }));
  const factor = user && (await tx.db.findOneBy(TotpFactor, { tenantId: tx.tenant.id, userId: user.id, confirmedAt: Not(IsNull()) }));
  if (!begun || !user || !factor) return wrong;
  const isRight = /^\d{6}$/.test(code) ? await takeTotp(tx, factor, code) : await takeRecoveryCode(tx, user.id, code);
  begun.tries += 1;
  if (isRight || begun.tries >= challengeTriesMax) begun.usedAt = tx.clock.now();
  await tx.db.save(begun);
  return isRight ? openSession(tx, user) : wrong;
}
