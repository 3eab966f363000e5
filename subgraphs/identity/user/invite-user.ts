import { parsed } from '@haat/kit/input';
import type { Role } from '@haat/kit/identity';
import { resultOf } from '@haat/kit/result';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { mailCode } from '../code/issue-code.js';
import type { IdentityTx } from '../context.js';
import { countedStaff, saveChanged, StaffLimitReached } from '../role/grant-role.js';
import { sayUsage } from '../role/say-usage.js';
import { RoleEnum } from '../session/viewer.js';
import { emailAddress } from './email-address.js';
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

/** Invites somebody by mail. Who has an account here gets the role, and a mail only while there is no password. */
export async function inviteUser(tx: IdentityTx, input: InviteUserInput): Promise<User | StaffLimitReached> {
  const { email, name, role } = parsed(rules, input);
  const staff = await countedStaff(tx);
  const limit = tx.tenant.limits['staff'];
  if (role === 'OPERATOR' && limit !== undefined && staff >= limit) return StaffLimitReached.of(limit);
  const user = await invitedUser(tx, { email, name: name ?? null, role });
  if (role === 'OPERATOR') await sayUsage(tx, 'staff', await countedStaff(tx));
  return user;
}

/** Makes or finds the person and hands out the role; the first operator of a new marketplace comes this way too. */
export async function invitedUser(tx: IdentityTx, wish: { email: string; name: string | null; role: Role; locale?: string }): Promise<User> {
  const made = await insertUser(tx, { email: wish.email, name: wish.name, passwordHash: null, roles: [wish.role], locale: wish.locale ?? tx.locale });
  const user = made ?? (await tx.db.findOneByOrFail(User, { tenantId: tx.tenant.id, email: wish.email }));
  if (!user.passwordHash) await mailCode(tx, user, 'INVITATION');
  if (user.roles.includes(wish.role)) return user;
  user.roles = [...user.roles, wish.role];
  return saveChanged(tx, user);
}
