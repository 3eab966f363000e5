import { userErased } from '@haat/schema/events/identity';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { SavedAddressRow } from '../address/saved-address.js';
import { SecretCode } from '../code/secret-code.js';
import type { IdentityTx } from '../context.js';
import { countedStaff, isLast, LastOperator, saveChanged, StaffLimitReached } from '../role/grant-role.js';
import { sayUsage } from '../role/say-usage.js';
import { forgetWho } from '../session/attempts.js';
import { endSessionsOf } from '../session/end-session.js';
import { Session } from '../session/session.js';
import { RecoveryCode, TotpFactor } from '../totp/totp-factor.js';
import { lockedUser } from './locked-user.js';
import { User } from './user.js';

/** Whose account is switched off. */
@InputType({ description: 'Whose account is to be switched off.' })
export class DeactivateUserInput {
  @Field(() => ID, { description: 'The person whose account is switched off.' })
  userId: string;
}

/** Whose account is switched on again. */
@InputType({ description: 'Whose account is to be switched on again.' })
export class ReactivateUserInput {
  @Field(() => ID, { description: 'The person whose account is switched on.' })
  userId: string;
}

/** Who is forgotten. */
@InputType({ description: 'Who is to be forgotten for good.' })
export class EraseUserInput {
  @Field(() => ID, { nullable: true, description: 'The person; the viewer when left out. Others need an operator.' })
  userId?: string | null;
}

/** Forgotten. */
@ObjectType({ description: 'Everything personal is erased here, and every other part of the marketplace erases its own.' })
export class EraseUserSucceeded {
  @Field(() => ID, { description: 'The id that stays in orders in place of the person.' })
  userId: string;
}

/** The person, switched off, or the last operator stays. */
export const DeactivateUserResult = resultOf('DeactivateUserResult', 'The person, now switched off, or why not.', [User, LastOperator]);
/** The person, switched on, or the limit. */
export const ReactivateUserResult = resultOf('ReactivateUserResult', 'The person, switched on again, or the limit of the plan.', [User, StaffLimitReached]);
/** Forgotten, or the last operator stays. */
export const EraseUserResult = resultOf('EraseUserResult', 'The person is forgotten, or why not.', [EraseUserSucceeded, LastOperator]);

/** Switches an account off: every session ends, and signing in answers AccountDisabled. */
export async function deactivateUser(tx: IdentityTx, input: DeactivateUserInput): Promise<User | LastOperator> {
  const user = await knownUser(tx, input.userId);
  if (user.status === 'DISABLED') return user;
  if (!(await leavesStaff(tx, user))) return LastOperator.of();
  user.status = 'DISABLED';
  await endSessionsOf(tx, user.id, 'ACCOUNT_CLOSED');
  return saveChanged(tx, user);
}

/** Switches it on again. An operator needs a place in the plan, which somebody else may have taken meanwhile. */
export async function reactivateUser(tx: IdentityTx, input: ReactivateUserInput): Promise<User | StaffLimitReached> {
  const user = await knownUser(tx, input.userId);
  if (user.status === 'ACTIVE') return user;
  const staff = user.roles.includes('OPERATOR') ? (await countedStaff(tx)) + 1 : undefined;
  const limit = tx.tenant.limits['staff'];
  if (staff !== undefined && limit !== undefined && staff > limit) return StaffLimitReached.of(limit);
  user.status = 'ACTIVE';
  if (staff !== undefined) await sayUsage(tx, 'staff', staff);
  return saveChanged(tx, user);
}

/** Erases what is personal and keeps the bare id, which orders need. Cannot be undone. */
export async function eraseUser(tx: IdentityTx, input: EraseUserInput): Promise<EraseUserSucceeded | LastOperator> {
  const id = input.userId ?? tx.viewer.userId ?? '';
  const isStaff = tx.viewer.roles.includes('OPERATOR') || tx.viewer.roles.includes('PLATFORM');
  if (id !== tx.viewer.userId && !isStaff) throw notFound('user');
  const user = await knownUser(tx, id);
  if (!(await leavesStaff(tx, user))) return LastOperator.of();
  await endSessionsOf(tx, id, 'ACCOUNT_CLOSED');
  await eraseRows(tx, id);
  if (user.email) await forgetWho(tx, user.email);
  Object.assign(user, { status: 'ERASED', email: null, phone: null, name: null, passwordHash: null, roles: [], grants: [], vendors: [], storedMetadata: [], wantsMarketing: false });
  const saved = await saveChanged(tx, user);
  await tx.emit(userErased, { aggregate: { id, version: saved.version }, payload: { userId: id } });
  return Object.assign(new EraseUserSucceeded(), { userId: id });
}

async function eraseRows(tx: IdentityTx, userId: string): Promise<void> {
  const where = { tenantId: tx.tenant.id, userId };
  for (const rows of [SavedAddressRow, SecretCode, TotpFactor, RecoveryCode]) await tx.db.delete(rows, where);
  await tx.db.update(Session, where, { agent: null, address: null });
}

/** False when the person is the last to run the place. Otherwise tells tenants that there is one operator fewer. */
async function leavesStaff(tx: IdentityTx, user: User): Promise<boolean> {
  if ((await isLast(tx, user, 'OPERATOR')) || (await isLast(tx, user, 'PLATFORM'))) return false;
  if (user.status === 'ACTIVE' && user.roles.includes('OPERATOR')) await sayUsage(tx, 'staff', (await countedStaff(tx)) - 1);
  return true;
}

async function knownUser(tx: IdentityTx, id: string): Promise<User> {
  const user = await lockedUser(tx, { id });
  if (!user || user.status === 'ERASED') throw notFound('user');
  return user;
}
