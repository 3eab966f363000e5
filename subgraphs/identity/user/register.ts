import { userRegistered } from '@haat/schema/events/identity';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { mailAlreadyRegistered, mailCode } from '../code/issue-code.js';
import type { IdentityContext, IdentityTx } from '../context.js';
import { hashPassword } from '../password/hash-password.js';
import { weaknesses } from '../password/password-policy.js';
import { WeakPassword } from '../password/weak-password.js';
import { countAttempts } from '../session/attempts.js';
import { evenly } from '../session/evenly.js';
import { networkHere } from '../session/sign-in-attempts.js';
import { TooManyAttempts } from '../session/sign-in-result.js';
import { emailAddress } from './email-address.js';
import { User } from './user.js';

/** Accounts that one network address may register in an hour. */
const registrationsPerHourMax = 50;

/** How often one e-mail address may be registered in an hour: each time its owner gets a mail. */
const registrationsOfOneMax = 5;

/** Who registers. */
@InputType({ description: 'Who wants an account in this marketplace.' })
export class RegisterInput {
  @Field(() => String, { description: 'E-mail address, which a link is sent to.' })
  email: string;

  @Field(() => String, { description: 'Password of at least 10 characters and at most 256 bytes.' })
  password: string;

  @Field(() => String, { nullable: true, description: 'How the person wants to be called, at most 120 characters.' })
  name?: string | null;

  @Field(() => ID, { nullable: true, description: 'Makes repeating safe, 1 to 255 characters; the Idempotency-Key header serves as well.' })
  idempotencyKey?: string | null;
}

/** The same whether or not the address has an account. */
@ObjectType({ description: 'Accepted. The same answer whether or not the address has an account already; the mail tells its owner.' })
export class RegisterSucceeded {
  @Field(() => String, { description: 'What to tell the person who registered.' })
  message: string;
}

/** Accepted, or not. */
export const RegisterResult = resultOf('RegisterResult', 'Accepted, or what is wrong with the password.', [RegisterSucceeded, WeakPassword, TooManyAttempts]);

const rules = z.object({
  email: emailAddress,
  password: z.string().max(10_000),
  name: z.string().trim().min(1).max(120).nullish(),
});

/** Makes an account and mails a link to prove the address; for an address that has one, mails its owner that instead. */
export async function register(ctx: IdentityContext, input: RegisterInput): Promise<RegisterSucceeded | WeakPassword | TooManyAttempts> {
  const wish = parsed(rules, input);
  const reasons = weaknesses(wish.password, wish.email);
  if (reasons.length > 0) return WeakPassword.of(reasons);
  const { waitSeconds } = await countAttempts(ctx, [
    { kind: 'register:address', subject: networkHere(ctx), max: registrationsPerHourMax, windowMinutes: 60 },
    { kind: 'register:email', subject: wish.email, max: registrationsOfOneMax, windowMinutes: 60 },
  ]);
  if (waitSeconds > 0) return TooManyAttempts.of(waitSeconds);
  // Hashed in any case: the time it takes must not tell whether the address is known.
  const passwordHash = await hashPassword(wish.password);
  // The password is left out of what the key stands for: a fast hash of it would be kept.
  const key = input.idempotencyKey ?? ctx.idempotencyKey;
  const idempotency = key ? { idempotency: { operation: 'register', key, input: { email: wish.email, name: wish.name } } } : {};
  return evenly(() => ctx.transaction((tx) => insertOrTell(tx, { ...wish, passwordHash }), idempotency));
}

async function insertOrTell(tx: IdentityTx, wish: { email: string; name?: string | null; passwordHash: string }): Promise<RegisterSucceeded> {
  const user = await insertUser(tx, { email: wish.email, name: wish.name ?? null, passwordHash: wish.passwordHash, roles: ['SHOPPER'], locale: tx.locale });
  if (user) {
    await mailCode(tx, user, 'VERIFY_EMAIL');
  } else {
    const known = await tx.db.findOneBy(User, { tenantId: tx.tenant.id, email: wish.email });
    if (known) await mailAlreadyRegistered(tx, known);
  }
  return Object.assign(new RegisterSucceeded(), { message: 'We have sent a mail to this address. Follow its link to go on.', __typename: 'RegisterSucceeded' });
}

/** Makes an account and says so, or nothing when the address has one here. */
export async function insertUser(tx: IdentityTx, facts: Pick<User, 'email' | 'name' | 'passwordHash' | 'roles' | 'locale'>): Promise<User | undefined> {
  const id = newId('usr', tx.clock.now());
  const result = await tx.db.createQueryBuilder().insert().into(User).values({
    ...facts, tenantId: tx.tenant.id, id, version: 1, phone: null, emailVerifiedAt: null, status: 'ACTIVE', grants: [], vendors: [], wantsMarketing: false, storedMetadata: [],
  }).orIgnore().execute();
  if (result.raw.length === 0) return undefined;
  await tx.emit(userRegistered, { aggregate: { id, version: 1 }, payload: { userId: id, locale: facts.locale } });
  return tx.db.findOneByOrFail(User, { tenantId: tx.tenant.id, id });
}
