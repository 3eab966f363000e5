import { parsed } from '@haat/kit/input';
import type { Role } from '@haat/kit/identity';
import { invariant } from '@haat/kit/invariant';
import { resultOf } from '@haat/kit/result';
import { Field, InputType } from 'type-graphql';
import { ArrayContains } from 'typeorm';
import { z } from 'zod';
import { mailCode } from '../code/issue-code.js';
import type { IdentityTx } from '../context.js';
import { countedStaff, saveChanged, StaffLimitReached } from '../role/grant-role.js';
import { sayUsage } from '../role/say-usage.js';
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
export const InviteUserResult = resultOf('InviteUserResult', 'The invited person, or the limit of the plan.', [User, StaffLimitReached]);

const rules = z.object({
  email: emailAddress,
  name: z.string().trim().min(1).max(120).nullish(),
  role: z.enum(['OPERATOR', 'SHOPPER'], 'expected OPERATOR or SHOPPER'),
});

/** Invites somebody by mail. Who has an account here and proved its address gets the role, and no mail while there is a password. */
export async function inviteUser(tx: IdentityTx, input: InviteUserInput): Promise<User | StaffLimitReached> {
  const { email, name, role } = parsed(rules, input);
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
