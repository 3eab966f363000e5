import { sessionRevoked } from '@haat/schema/events/identity';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { IsNull, MoreThan, type FindOptionsWhere } from 'typeorm';
import type { IdentityTx } from '../context.js';
import { Session, type SessionEnd } from './session.js';
import { SessionEnded } from './session-ended.js';

/** Which session ends. */
@InputType({ description: 'Names the device that is to be signed out.' })
export class EndSessionInput {
  @Field(() => ID, { description: 'One of the viewer\'s own sessions, as User.sessions lists them.' })
  sessionId: string;
}

/** It ended. */
@ObjectType({ description: 'The session has ended; its tokens are good for nothing.' })
export class EndSessionSucceeded {
  @Field(() => ID, { description: 'The session that has ended.' })
  sessionId: string;
}

/** It ended. */
@ObjectType({ description: 'Signed out: the tokens of this session are good for nothing.' })
export class SignOutSucceeded {
  @Field(() => ID, { nullable: true, description: 'The session that has ended; null when none was open.' })
  sessionId: string | null;
}

/** The session ended. */
export const EndSessionResult = resultOf('EndSessionResult', 'The session that has ended, or that it was over without this.', [EndSessionSucceeded, SessionEnded]);
/** Signed out. */
export const SignOutResult = resultOf('SignOutResult', 'Signed out, also when no session was open, or that the session was over without this.', [SignOutSucceeded, SessionEnded]);

/** Ends one of the viewer's own sessions. Anybody else's does not exist for them. */
export async function endSession(tx: IdentityTx, input: EndSessionInput): Promise<EndSessionSucceeded | SessionEnded> {
  const session = await lockedSession(tx, { id: input.sessionId, userId: tx.viewer.userId ?? '' });
  if (!session) throw notFound('session');
  if (isOverOtherwise(tx, session)) return overAlready();
  await endSessions(tx, [session], 'ENDED');
  return Object.assign(new EndSessionSucceeded(), { sessionId: session.id });
}

/** Ends the session the request was made in. */
export async function signOut(tx: IdentityTx): Promise<SignOutSucceeded | SessionEnded> {
  const id = tx.viewer.sessionId;
  const session = id === undefined ? null : await lockedSession(tx, { id });
  if (session && isOverOtherwise(tx, session)) return overAlready();
  if (session) await endSessions(tx, [session], 'SIGNED_OUT');
  return Object.assign(new SignOutSucceeded(), { sessionId: session?.id ?? null });
}

/** By time, or by something else than its person's wish, which may be said twice. */
function isOverOtherwise(tx: IdentityTx, { endedAt, endReason, expiresAt }: Session): boolean {
  return endedAt ? endReason !== 'SIGNED_OUT' && endReason !== 'ENDED' : expiresAt <= tx.clock.now();
}

function overAlready(): SessionEnded {
  return SessionEnded.of('The session was over already.');
}

/** Ends all open sessions of a person, but the one that is named. */
export async function endSessionsOf(tx: IdentityTx, userId: string, why: SessionEnd, butSessionId?: string): Promise<void> {
  await endWhere(tx, why, 'user_id = $4 and id is distinct from $5', [userId, butSessionId ?? null]);
}

/** Ends what a person with a locked account has open, but the newest use of so many: each sign-in would leave one for weeks. */
export async function endUnusedSessions(tx: IdentityTx, userId: string, keptMax: number): Promise<void> {
  const unused = 'select id from session where user_id = $4 and ended_at is null order by last_seen_at desc, id desc offset $5';
  await endWhere(tx, 'ENDED', `id in (${unused})`, [userId, keptMax]);
}

/** Ends sessions, read under a lock. Ending an ended one changes nothing. */
export async function endSessions(tx: IdentityTx, sessions: readonly Session[], why: SessionEnd): Promise<void> {
  await endWhere(tx, why, 'id = any($4)', [sessions.map(({ id }) => id)]);
}

/** Ends them by one statement, and says so of each: gateways drop what they remember of them. */
async function endWhere(tx: IdentityTx, why: SessionEnd, which: string, parameters: readonly unknown[]): Promise<void> {
  const [ended]: [{ id: string; user_id: string; version: number }[], number] = await tx.db.query(
    `update session set ended_at = $2, end_reason = $3, version = version + 1, updated_at = now() where tenant_id = $1 and ended_at is null and ${which} returning id, user_id, version`,
    [tx.tenant.id, tx.clock.now(), why, ...parameters],
  );
  for (const { id, user_id: userId, version } of ended) await tx.emit(sessionRevoked, { aggregate: { id, version }, payload: { sessionId: id, userId, why } });
}

/** The session the request was made in, locked; null when it is over, which gateways know a little later. */
export function openOwnSession(tx: IdentityTx): Promise<Session | null> {
  const { userId = '', sessionId = '' } = tx.viewer;
  return lockedSession(tx, { id: sessionId, userId, endedAt: IsNull(), expiresAt: MoreThan(tx.clock.now()) });
}

/** A session, locked until the commit: two who end or refresh it follow each other. */
export function lockedSession(tx: IdentityTx, which: FindOptionsWhere<Session>): Promise<Session | null> {
  return tx.db.findOne(Session, { where: { ...which, tenantId: tx.tenant.id }, lock: { mode: 'pessimistic_write' } });
}
