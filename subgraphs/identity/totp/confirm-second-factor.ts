import { parsed } from '@haat/kit/input';
import { Field, InputType } from 'type-graphql';
import { IsNull, MoreThan } from 'typeorm';
import { z } from 'zod';
import { SecretCode } from '../code/secret-code.js';
import type { IdentityContext, IdentityTx } from '../context.js';
import { countAttempts } from '../session/attempts.js';
import { openSession } from '../session/open-session.js';
import { hashOf } from '../session/random-secret.js';
import type { SignInOutcome } from '../session/sign-in.js';
import { TooManyAttempts, WrongCredentials } from '../session/sign-in-result.js';
import { User } from '../user/user.js';
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

/** Finishes a sign-in. A challenge ends after five wrong codes, so that digits cannot be tried out. */
export async function confirmSecondFactor(ctx: IdentityContext, input: ConfirmSecondFactorInput): Promise<SignInOutcome> {
  const { challenge, code } = parsed(rules, input);
  const { waitSeconds } = await countAttempts(ctx, [{ kind: 'second-factor:address', subject: ctx.clientAddress ?? 'unknown', max: ctx.config.SIGN_IN_TRIES_PER_ADDRESS, windowMinutes: ctx.config.SIGN_IN_WINDOW_MINUTES }]);
  if (waitSeconds > 0) return TooManyAttempts.of(waitSeconds);
  return ctx.transaction((tx) => confirm(tx, challenge, code));
}

async function confirm(tx: IdentityTx, challenge: string, code: string): Promise<SignInOutcome> {
  const wrong = WrongCredentials.of('The code is wrong or too old.');
  const where = { tenantId: tx.tenant.id, hash: hashOf(challenge), purpose: 'SECOND_FACTOR' as const, usedAt: IsNull(), expiresAt: MoreThan(tx.clock.now()) };
  const begun = await tx.db.findOne(SecretCode, { where, lock: { mode: 'pessimistic_write' } });
  const user = begun && (await tx.db.findOneBy(User, { tenantId: tx.tenant.id, id: begun.userId, status: 'ACTIVE' }));
  const factor = user && (await tx.db.findOneBy(TotpFactor, { tenantId: tx.tenant.id, userId: user.id }));
  if (!begun || !user || !factor) return wrong;
  const isRight = /^\d{6}$/.test(code) ? await takeTotp(tx, factor, code) : await takeRecoveryCode(tx, user.id, code);
  begun.tries += 1;
  if (isRight || begun.tries >= challengeTriesMax) begun.usedAt = tx.clock.now();
  await tx.db.save(begun);
  return isRight ? openSession(tx, user) : wrong;
}
