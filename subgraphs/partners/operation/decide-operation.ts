import { parsed } from '@haat/kit/input';
import { idText, lineOf, noteCharactersMax } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { forbidden, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { lockedPartner, mayManage } from '../app/find-partner.js';
import { sayPartner } from '../app/say-partner.js';
import type { PartnersTx } from '../context.js';
import { OperationStatus, RegisteredOperation } from './registered-operation.js';

/** Which operation may run. */
@InputType({ description: 'Which registered operation of a partner may run.' })
export class ApproveOperationInput {
  @Field(() => ID, { description: 'The registration, as operations of a partner app list it.' }) registeredOperationId: string;
}

/** Which operation may not run, and why. */
@InputType({ description: 'Which registered operation of a partner may not run, and why.' })
export class RejectOperationInput {
  @Field(() => ID, { description: 'The registration, as operations of a partner app list it.' }) registeredOperationId: string;
  @Field(() => String, { description: 'Why, in words for its makers, 1 to 500 characters.' }) reason: string;
}

/** Which operation is no longer wanted. */
@InputType({ description: 'Which registered operation of a partner is no longer wanted.' })
export class WithdrawOperationInput {
  @Field(() => ID, { description: 'The registration, as operations of a partner app list it.' }) registeredOperationId: string;
}

/** It was withdrawn. */
@ObjectType({ implements: Problem, description: 'The operation was withdrawn; its text must be registered again.' })
export class OperationWithdrawn extends Problem {}

/** The approved operation, or why not. */
export const ApproveOperationResult = resultOf('ApproveOperationResult', 'The operation, which may run now, or why it may not.', [RegisteredOperation, OperationWithdrawn]);
/** The rejected operation, or why not. */
export const RejectOperationResult = resultOf('RejectOperationResult', 'The operation, which may not run, or that it was withdrawn.', [RegisteredOperation, OperationWithdrawn]);
/** The withdrawn operation, or that it was. */
export const WithdrawOperationResult = resultOf('WithdrawOperationResult', 'The operation, which no longer runs, or that it was withdrawn before.', [RegisteredOperation, OperationWithdrawn]);

const which = z.object({ registeredOperationId: idText });

/** Lets a program run an operation. */
export function approveOperation(tx: PartnersTx, input: ApproveOperationInput): Promise<RegisteredOperation | OperationWithdrawn> {
  return decided(tx, parsed(which, input).registeredOperationId, OperationStatus.APPROVED, null);
}

/** Lets a program not run an operation, also one that it has run until now. */
export function rejectOperation(tx: PartnersTx, input: RejectOperationInput): Promise<RegisteredOperation | OperationWithdrawn> {
  const { registeredOperationId, reason } = parsed(which.extend({ reason: lineOf(noteCharactersMax) }), input);
  return decided(tx, registeredOperationId, OperationStatus.REJECTED, reason);
}

/** Takes an operation back, as a program does with those of an old release. One that was rejected stays so: registering it again would let it run. */
export function withdrawOperation(tx: PartnersTx, input: WithdrawOperationInput): Promise<RegisteredOperation | OperationWithdrawn> {
  return decided(tx, parsed(which, input).registeredOperationId, OperationStatus.WITHDRAWN, null);
}

async function decided(tx: PartnersTx, id: string, status: OperationStatus, reason: string | null): Promise<RegisteredOperation | OperationWithdrawn> {
  const found = await tx.db.findOneBy(RegisteredOperation, { tenantId: tx.tenant.id, id });
  if (!found || !mayManage(tx.viewer, found.partnerAppId)) throw notFound('registered operation');
  // The program's lock is taken first, everywhere: whoever registers at the same time follows.
  const app = await lockedPartner(tx, found.partnerAppId);
  const operation = await tx.db.findOneByOrFail(RegisteredOperation, { tenantId: tx.tenant.id, id });
  if (operation.status === OperationStatus.WITHDRAWN) return Object.assign(new OperationWithdrawn(), { message: `${operation.name} was withdrawn.` });
  if (operation.status === OperationStatus.REJECTED && !tx.viewer.roles.includes('OPERATOR')) throw forbidden('An operator rejected it, and only an operator takes that back.');
  if (operation.status === status && operation.reason === reason) return operation;
  const saved = await tx.db.save(Object.assign(operation, { status, reason, decidedAt: tx.clock.now(), version: operation.version + 1 }));
  await sayPartner(tx, app);
  return saved;
}
