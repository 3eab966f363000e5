import { parsed } from '@haat/kit/input';
import type { Role } from '@haat/kit/identity';
import { invariant } from '@haat/kit/invariant';
import { resultOf } from '@haat/kit/result';
import { Field, InputType } from 'type-graphql';
import { ArrayContains } from 'typeorm';
import { z } from 'zod';
import { mailCode } from '../code/issue-code.js';
import type { IdentityContext, IdentityTx } from '../context.js';
import { countedStaff, saveChanged, StaffLimitReached } from '../role/grant-role.js';
import { sayUsage } from '../role/say-usage.js';
import { countAttempts } from '../session/attempts.js';
import { TooManyAttempts } from '../session/sign-in-result.js';
import { RoleEnum } from '../session/viewer.js';
import { emailAddress } from './email-address.js';
import { forgetRegistrant } from './forget-registrant.js';
import { lockedUser } from './locked-user.js';
import { insertUser } from './register.js';
import { User } from './user.js';

/** Who is invited, as what. */
@InputType({ description: 'Who is invited to work in the marketplace, and as what.' })
export class InviteUserInput {
  @Field(() => String, { description: 'E-mail address that the invitation goes to.' })
  email: string;

  @Field(() => String, { nullable: true, description: 'How the person is called, at most 120 characters.' })
  name?: string | null;

  @Field(() => RoleEnum, { description: 'OPERATOR or SHOPPER; merchants are invited by their vendor.' })
  role: Role;
}

/** The invited person, or the limit. */
export const InviteUserResult = resultOf('InviteUserResult', 'The invited person, the limit of the plan, or too many invitations in a day.', [User, StaffLimitReached, TooManyAttempts]);

const rules = z.object({
  email: emailAddress,
  name: z.string().trim().min(1).max(120).nullish(),
  role: z.enum(['OPERATOR', 'SHOPPER'], 'expected OPERATOR or SHOPPER'),
});

/** How many people a marketplace invites in a day at most: each is a mail of ours to somebody who did not ask. */
const invitationsPerDayMax = 200;

/** Invites somebody by mail, when not too many were invited today. */
export async function inviteUser(ctx: IdentityContext, input: InviteUserInput): Promise<User | StaffLimitReached | TooManyAttempts> {
  const wish = parsed(rules, input);
  const { waitSeconds } = await countAttempts(ctx, [{ kind: 'invite:day', subject: ctx.tenant.id, max: invitationsPerDayMax, windowMinutes: 24 * 60 }]);
  return waitSeconds > 0 ? TooManyAttempts.of(waitSeconds) : ctx.transaction((tx) => invite(tx, wish));
}

/** Who has an account here and proved its address gets the role, and no mail while there is a password. */
async function invite(tx: IdentityTx, { email, name, role }: z.infer<typeof rules>): Promise<User | StaffLimitReached> {
  const staff = await countedStaff(tx);
  const limit = tx.tenant.limits['staff'];
  const isStaff = await tx.db.existsBy(User, { tenantId: tx.tenant.id, email, roles: ArrayContains(['OPERATOR']) });
  if (role === 'OPERATOR' && !isStaff && limit !== undefined && staff >= limit) return StaffLimitReached.of(limit);
  const user = await invitedUser(tx, { email, name: name ?? null, role });
  if (role === 'OPERATOR') await sayUsage(tx, 'staff', await countedStaff(tx));
  return user;
}

/** Makes or finds the person and hands out the role; the first operator of a new marketplace comes this way too. */
export async function invitedUser(tx: IdentityTx, wish: { email: string; name: string | null; role: Role; locale?: string }): Promise<User> {
  const made = await insertUser(tx, { email: wish.email, name: wish.name, passwordHash: null, roles: [wish.role], locale: wish.locale ?? tx.locale });
  const user = made ?? (await lockedUser(tx, { email: wish.email }));
  invariant(user, 'An address that is taken has an account.');
  // Who registered the address may not be who reads its mail, and would be handed the role.
  await forgetRegistrant(tx, user);
  if (!user.passwordHash) await mailCode(tx, user, 'INVITATION');
  if (user.roles.includes(wish.role)) return user;
  user.roles = [...user.roles, wish.role];
  return saveChanged(tx, user);
}
