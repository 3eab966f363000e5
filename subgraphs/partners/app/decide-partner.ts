import { parsed } from '@haat/kit/input';
import { idText, lineOf, noteCharactersMax } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { badInput } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { PartnersTx } from '../context.js';
import { lockedPartner } from './find-partner.js';
import { PartnerApp, PartnerStatus } from './partner-app.js';
import { quotaRules, soundQuota } from './register-partner.js';
import { sayPartner } from './say-partner.js';

/** Which program, and why it is kept out for now. */
@InputType({ description: 'Which partner\'s program is kept out for now, and why.' })
export class SuspendPartnerInput {
  @Field(() => ID, { description: 'The program, as partnerApps lists it.' }) partnerAppId: string;
  @Field(() => String, { description: 'Why, in words for its makers, 1 to 500 characters.' }) reason: string;
}

/** Which program comes in again. */
@InputType({ description: 'Which suspended program of a partner is let in again.' })
export class ResumePartnerInput {
  @Field(() => ID, { description: 'A program that is suspended.' }) partnerAppId: string;
}

/** Which program, and why it is kept out for good. */
@InputType({ description: 'Which partner\'s program is kept out for good, and why.' })
export class RevokePartnerInput {
  @Field(() => ID, { description: 'The program, as partnerApps lists it.' }) partnerAppId: string;
  @Field(() => String, { description: 'Why, in words for its makers, 1 to 500 characters.' }) reason: string;
}

/** What shall be different of a quota. */
@InputType({ description: 'What shall be different of a program\'s quota; what is left out stays.' })
export class ChangePartnerQuotaInput {
  @Field(() => ID, { description: 'The program whose quota it is.' }) partnerAppId: string;
  @Field(() => Int, { nullable: true, description: 'Points it may spend in a minute, 1 to 10 million.' }) pointsPerMinute?: number | null;
  @Field(() => Int, { nullable: true, description: 'Points it may spend in a day, at least those of a minute.' }) pointsPerDay?: number | null;
  @Field(() => Int, { nullable: true, description: 'Operations that never cost more are approved by themselves; 0 for none.' }) approvesBelow?: number | null;
}

/** It was revoked. */
@ObjectType({ implements: Problem, description: 'The program was revoked for good; register it anew.' })
export class PartnerRevoked extends Problem {}

/** The suspended program, or why not. */
export const SuspendPartnerResult = resultOf('SuspendPartnerResult', 'The program, kept out from now on, or why it stays as it is.', [PartnerApp, PartnerRevoked]);
/** The resumed program, or why not. */
export const ResumePartnerResult = resultOf('ResumePartnerResult', 'The program, let in again, or why it is not.', [PartnerApp, PartnerRevoked]);
/** The revoked program, or that it was. */
export const RevokePartnerResult = resultOf('RevokePartnerResult', 'The program, kept out for good, or that it was already.', [PartnerApp, PartnerRevoked]);
/** The program with its quota, or why not. */
export const ChangePartnerQuotaResult = resultOf('ChangePartnerQuotaResult', 'The program with its new quota, or why it stays.', [PartnerApp, PartnerRevoked]);

const which = z.object({ partnerAppId: idText });
const withReason = which.extend({ reason: lineOf(noteCharactersMax) });

/** Keeps a program's tokens out until it is resumed. */
export function suspendPartner(tx: PartnersTx, input: SuspendPartnerInput): Promise<PartnerApp | PartnerRevoked> {
  const { partnerAppId, reason } = parsed(withReason, input);
  return decided(tx, partnerAppId, PartnerStatus.SUSPENDED, reason);
}

/** Lets a suspended program's tokens in again. */
export function resumePartner(tx: PartnersTx, input: ResumePartnerInput): Promise<PartnerApp | PartnerRevoked> {
  return decided(tx, parsed(which, input).partnerAppId, PartnerStatus.ACTIVE, null);
}

/** Keeps a program's tokens out for good; what it spent stays known. */
export function revokePartner(tx: PartnersTx, input: RevokePartnerInput): Promise<PartnerApp | PartnerRevoked> {
  const { partnerAppId, reason } = parsed(withReason, input);
  return decided(tx, partnerAppId, PartnerStatus.REVOKED, reason);
}

/** Changes a program's quota, from its next request on. */
export async function changePartnerQuota(tx: PartnersTx, input: ChangePartnerQuotaInput): Promise<PartnerApp | PartnerRevoked> {
  const { partnerAppId, ...quota } = parsed(which.extend(quotaRules), input);
  const app = await lockedPartner(tx, partnerAppId);
  if (app.status === PartnerStatus.REVOKED) return revoked(app);
  Object.assign(app, Object.fromEntries(Object.entries(quota).filter(([, value]) => value !== null && value !== undefined)));
  if (!soundQuota(app)) throw badInput([{ path: ['input', 'pointsPerDay'], message: `expected at least the ${app.pointsPerMinute} points of a minute` }]);
  return sayPartner(tx, app);
}

async function decided(tx: PartnersTx, partnerAppId: string, status: PartnerStatus, reason: string | null): Promise<PartnerApp | PartnerRevoked> {
  const app = await lockedPartner(tx, partnerAppId);
  if (app.status === PartnerStatus.REVOKED) return revoked(app);
  if (app.status === status && app.reason === reason) return app;
  return sayPartner(tx, Object.assign(app, { status, reason }));
}

function revoked({ name }: PartnerApp): PartnerRevoked {
  return Object.assign(new PartnerRevoked(), { message: `${name} was revoked.` });
}
