import { viewerChanged } from '@haat/schema/events/identity';
import { platformTenantId } from '@haat/schema/ids';
import type { Role } from '@haat/kit/identity';
import { parsed } from '@haat/kit/input';
import { Problem } from '@haat/kit/problem';
import { forbidden, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { IdentityTx } from '../context.js';
import { RoleEnum } from '../session/viewer.js';
import { lockedUser } from '../user/locked-user.js';
import { User } from '../user/user.js';
import { sayUsage } from './say-usage.js';

/** Which role, to whom. */
@InputType({ description: 'Which role a person is to hold.' })
export class GrantRoleInput {
  @Field(() => ID, { description: 'The person who is to hold it.' })
  userId: string;

  @Field(() => RoleEnum, { description: 'The role; PARTNER belongs to API tokens and is refused.' })
  role: Role;

  @Field(() => [String], { nullable: true, description: 'Rights beyond the role, in place of those held, at most 50.' })
  grants?: string[] | null;
}

/** Which role, from whom. */
@InputType({ description: 'Which role a person is to lose.' })
export class RevokeRoleInput {
  @Field(() => ID, { description: 'The person who is to lose it.' })
  userId: string;

  @Field(() => RoleEnum, { description: 'The role that is taken away.' })
  role: Role;
}

/** The plan allows no more staff. */
@ObjectType({ implements: Problem, description: 'The plan allows no more operators; nothing was changed.' })
export class StaffLimitReached extends Problem {
  @Field(() => Int, { description: 'How many operators the plan allows.' })
  limit: number;

  static of(limit: number): StaffLimitReached {
    return Object.assign(new StaffLimitReached(), { message: `The plan allows ${limit} operators.`, limit });
  }
}

/** Nobody would be left to run the place. */
@ObjectType({ implements: Problem, description: 'This is the last operator; a marketplace keeps at least one.' })
export class LastOperator extends Problem {
  static of(): LastOperator {
    return Object.assign(new LastOperator(), { message: 'A marketplace keeps at least one operator.' });
  }
}

/** The person with the role, or the limit. */
export const GrantRoleResult = resultOf('GrantRoleResult', 'The person with the role, or the limit of the plan.', [User, StaffLimitReached]);
/** The person without the role, or nobody would be left. */
export const RevokeRoleResult = resultOf('RevokeRoleResult', 'The person without the role, or why it was kept.', [User, LastOperator]);

const rules = z.object({
  userId: z.string().max(64),
  role: z.enum(['PLATFORM', 'OPERATOR', 'MERCHANT', 'SHOPPER'], 'expected PLATFORM, OPERATOR, MERCHANT or SHOPPER'),
  grants: z.array(z.string().regex(/^[a-z][a-z-]*\.[a-z][a-z-]*$/, 'expected a right such as orders.manage')).max(50).nullish(),
});

/** Gives a person a role. Gateways forget within seconds what the person could do before. */
export async function grantRole(tx: IdentityTx, input: GrantRoleInput): Promise<User | StaffLimitReached> {
  const { userId, role, grants } = parsed(rules, input);
  mayHandOut(tx, role);
  const staff = await countedStaff(tx);
  const user = await activeUser(tx, userId);
  const isNewStaff = role === 'OPERATOR' && !user.roles.includes('OPERATOR');
  const limit = tx.tenant.limits['staff'];
  if (isNewStaff && limit !== undefined && staff >= limit) return StaffLimitReached.of(limit);
  user.roles = [...new Set([...user.roles, role])];
  user.grants = grants ? [...new Set(grants)] : user.grants;
  if (isNewStaff) await sayUsage(tx, 'staff', staff + 1);
  return saveChanged(tx, user);
}

/** Takes a role away, and with the last one that works here the rights beyond it. The last operator stays one, and the last of the platform. */
export async function revokeRole(tx: IdentityTx, input: RevokeRoleInput): Promise<User | LastOperator> {
  const { userId, role } = parsed(rules.pick({ userId: true, role: true }), input);
  mayHandOut(tx, role);
  const staff = await countedStaff(tx);
  const user = await activeUser(tx, userId);
  if (!user.roles.includes(role)) return user;
  if (await isLast(tx, user, role)) return LastOperator.of();
  user.roles = user.roles.filter((held) => held !== role);
  if (!user.roles.some((held) => held !== 'SHOPPER')) user.grants = [];
  if (role === 'OPERATOR') await sayUsage(tx, 'staff', staff - 1);
  return saveChanged(tx, user);
}

/** Saves a person whose rights changed, and says so. */
export async function saveChanged(tx: IdentityTx, user: User): Promise<User> {
  user.version += 1;
  const saved = await tx.db.save(user);
  await tx.emit(viewerChanged, { aggregate: { id: saved.id, version: saved.version }, payload: { userId: saved.id } });
  return saved;
}

/** Whether nobody would be left to run the place, or the platform, without this person. */
export async function isLast(tx: IdentityTx, user: User, role: Role): Promise<boolean> {
  if (role !== 'OPERATOR' && role !== 'PLATFORM') return false;
  return user.status === 'ACTIVE' && user.roles.includes(role) && (await countedStaff(tx, role)) <= 1;
}

/** How many operators (or people of the platform) there are. The lock makes two that count at the same time follow each other. */
export async function countedStaff(tx: IdentityTx, role: 'OPERATOR' | 'PLATFORM' = 'OPERATOR'): Promise<number> {
  await tx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.id}:staff`]);
  const rows: { count: string }[] = await tx.db.query(`select count(*) from user_account where tenant_id = $1 and status = 'ACTIVE' and $2 = any(roles)`, [tx.tenant.id, role]);
  return Number(rows[0]?.count ?? 0);
}

/** Who runs the platform lives in the platform's own tenant, and only they hand that role on. */
function mayHandOut(tx: IdentityTx, role: Role): void {
  if (role !== 'PLATFORM') return;
  if (tx.tenant.id !== platformTenantId || !tx.viewer.roles.includes('PLATFORM')) throw forbidden('Only the platform hands this role out.');
}

async function activeUser(tx: IdentityTx, id: string): Promise<User> {
  const user = await lockedUser(tx, { id, status: 'ACTIVE' });
  if (!user) throw notFound('user');
  return user;
}
