import { randomBytes } from 'node:crypto';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { resultOf } from '@haat/kit/result';
import { Secret } from 'otpauth';
import { Field, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { IdentityContext, IdentityTx } from '../context.js';
import { isPassword } from '../password/hash-password.js';
import { stillProvedInSession } from '../password/still-proved.js';
import { countAttempts, forgetAttempts } from '../session/attempts.js';
import { hashOf } from '../session/random-secret.js';
import { Session } from '../session/session.js';
import { proofAttempts } from '../session/sign-in-attempts.js';
import { TooManyAttempts, WrongCredentials } from '../session/sign-in-result.js';
import { lockedOwnAccount, ownAccount } from '../user/own-account.js';
import type { User } from '../user/user.js';
import { takeTotp, totpOf } from './take-totp.js';
import { boundTo, hasTotp, RecoveryCode, TotpFactor } from './totp-factor.js';

/** How many recovery codes a person gets. */
const recoveryCodesCount = 10;

/** A sign-in this old does not count as proof any more, in minutes: enrolling then needs the password. */
const freshMinutes = 10;

/** What the app needs. */
@ObjectType({ description: 'What an authenticator app needs; confirmTotp makes it count.' })
export class StartTotpSucceeded {
  @Field(() => String, { description: 'The secret in base 32, for typing by hand.' })
  secret: string;

  @Field(() => String, { description: 'The same as an otpauth address, to be shown as a QR code.' })
  uri: string;
}

/** What the app needs. */
export const StartTotpResult = resultOf('StartTotpResult', 'What an authenticator app needs to make codes.', [StartTotpSucceeded, WrongCredentials]);

/** The app's first code. */
@InputType({ description: 'The first code of the authenticator app.' })
export class ConfirmTotpInput {
  @Field(() => String, { description: 'Six digits the app shows now.' })
  code: string;

  @Field(() => String, { nullable: true, description: 'The password; needed when the sign-in is older than ten minutes.' })
  password?: string | null;
}

/** It counts from now on. */
@ObjectType({ description: 'The second factor counts from now on; keep the recovery codes safe.' })
export class ConfirmTotpSucceeded {
  @Field(() => [String], { description: 'Ten codes for when the app is lost, each good once; shown only now.' })
  recoveryCodes: string[];
}

/** Confirmed, or why not. */
export const ConfirmTotpResult = resultOf('ConfirmTotpResult', 'The second factor counts from now on, or why not.', [ConfirmTotpSucceeded, WrongCredentials, TooManyAttempts]);

/** Makes a secret for the viewer's app. One that was confirmed stays until it is removed. */
export async function startTotp(tx: IdentityTx): Promise<StartTotpSucceeded | WrongCredentials> {
  const user = await lockedOwnAccount(tx);
  if (await hasTotp(tx, user.id)) return WrongCredentials.of('There is a second factor already; remove it first.');
  const secret = new Secret({ size: 20 }).base32;
  await tx.db.delete(TotpFactor, { tenantId: tx.tenant.id, userId: user.id });
  await tx.db.insert(TotpFactor, {
    tenantId: tx.tenant.id, id: newId('tok', tx.clock.now()), version: 1, userId: user.id, confirmedAt: null, lastStep: '0',
    sealedSecret: await tx.seal('identity', boundTo(tx.tenant.id), secret),
  });
  return Object.assign(new StartTotpSucceeded(), { secret, uri: totpOf(secret, user.email ?? user.id).toString() });
}

/** Takes the app's first code, and from then on asks for one at each sign-in. Needs a fresh sign-in or the password. */
export async function confirmTotp(ctx: IdentityContext, input: ConfirmTotpInput): Promise<ConfirmTotpSucceeded | WrongCredentials | TooManyAttempts> {
  const { code, password } = parsed(z.object({ code: z.string().max(20), password: z.string().max(10_000).nullish() }), input);
  const user = await ownAccount(ctx);
  const attempts = proofAttempts(ctx, user.id);
  const { waitSeconds } = await countAttempts(ctx, attempts);
  if (waitSeconds > 0) return TooManyAttempts.of(waitSeconds);
  const isProved = password ? await isPassword(user.passwordHash, password) : await isFresh(ctx);
  if (!isProved) return notProved();
  const outcome = await ctx.transaction((tx) => confirm(tx, user, code));
  if (outcome instanceof ConfirmTotpSucceeded) await forgetAttempts(ctx, attempts[0]);
  return outcome;
}

async function confirm(tx: IdentityTx, user: User, code: string): Promise<ConfirmTotpSucceeded | WrongCredentials> {
  if (!(await stillProvedInSession(tx, user))) return notProved();
  const userId = user.id;
  const factor = await tx.db.findOneBy(TotpFactor, { tenantId: tx.tenant.id, userId });
  if (!factor || factor.confirmedAt || !(await takeTotp(tx, factor, code))) return WrongCredentials.of('The code is wrong.');
  await tx.db.update(TotpFactor, { tenantId: tx.tenant.id, id: factor.id }, { confirmedAt: tx.clock.now() });
  return Object.assign(new ConfirmTotpSucceeded(), { recoveryCodes: await makeRecoveryCodes(tx, userId) });
}

function notProved(): WrongCredentials {
  return WrongCredentials.of('Show the password: the sign-in is older than ten minutes.');
}

async function makeRecoveryCodes(tx: IdentityTx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodesCount }, () => randomBytes(8).toString('hex'));
  await tx.db.delete(RecoveryCode, { tenantId: tx.tenant.id, userId });
  await tx.db.insert(RecoveryCode, codes.map((code) => ({ tenantId: tx.tenant.id, id: newId('tok', tx.clock.now()), version: 1, userId, hash: hashOf(code), usedAt: null })));
  return codes.map((code) => `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8, 12)}-${code.slice(12)}`);
}

async function isFresh(ctx: IdentityContext): Promise<boolean> {
  const session = await ctx.db.findOneBy(Session, { tenantId: ctx.tenant.id, id: ctx.viewer.sessionId ?? '' });
  return session !== null && ctx.clock.now().getTime() - session.authenticatedAt.getTime() < freshMinutes * 60_000;
}
