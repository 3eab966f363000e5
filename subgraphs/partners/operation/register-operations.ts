import { createHash } from 'node:crypto';
import { measuredMax, operationsMeasure } from '@haat/schema/asks/gateway';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, listOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { badInput } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { In } from 'typeorm';
import { z } from 'zod';
import { lockedPartner } from '../app/find-partner.js';
import { PartnerRevoked } from '../app/decide-partner.js';
import { PartnerStatus, type PartnerApp } from '../app/partner-app.js';
import { sayPartner } from '../app/say-partner.js';
import type { PartnersContext, PartnersTx } from '../context.js';
import { makeRoom } from './make-room.js';
import { OperationKind, OperationStatus, RegisteredOperation } from './registered-operation.js';

/** Operations registered at once. */
const atOnceMax = 50;

/** Characters of all texts that are registered at once. */
const charactersMax = 128 * 1024;

/** What is to be registered. */
@InputType({ description: 'The operations that a partner\'s program wants to run.' })
export class RegisterOperationsInput {
  @Field(() => ID, { nullable: true, description: 'The program, for operators; left out, the one that the asking token belongs to.' }) partnerAppId?: string | null;
  @Field(() => [String], { description: 'Texts of 1 to 50 operations, each with a name and all fragments that it needs.' }) texts: string[];
}

/** They are registered. */
@ObjectType({ description: 'The operations as they are registered, in the order of their texts.' })
export class RegisterOperationsSucceeded {
  @Field(() => [RegisteredOperation], { description: 'Each with its id, its cost and whether it may run yet.' }) operations: RegisteredOperation[];
}

/** What is wrong with one text. */
@ObjectType({ description: 'Why one text is no operation that may be registered.' })
export class OperationFault {
  @Field(() => Int, { description: 'Its place among the texts, counted from 0.' }) at: number;
  @Field(() => String, { nullable: true, description: 'The operation\'s name, where it has one.' }) name: string | null;
  @Field(() => [String], { description: 'What is wrong with it, a sentence each.' }) problems: string[];
}

/** Some are no good. */
@ObjectType({ implements: Problem, description: 'Some texts are no operations of this API, or too large; none was registered.' })
export class OperationsNotAccepted extends Problem {
  @Field(() => [OperationFault], { description: 'Each text that is no good, and why.' }) faults: OperationFault[];
}

/** There are too many. */
@ObjectType({ implements: Problem, description: 'The program has as many operations as it may; withdraw some.' })
export class TooManyOperations extends Problem {
  @Field(() => Int, { description: 'How many it may have.' }) max: number;
}

/** The operations, or why not. */
export const RegisterOperationsResult = resultOf('RegisterOperationsResult', 'The registered operations, or why there are none.', [RegisterOperationsSucceeded, OperationsNotAccepted, TooManyOperations, PartnerRevoked]);

const rules = z.object({ partnerAppId: idText.nullish(), texts: listOf(z.string().min(1), atOnceMax).refine((texts) => texts.length > 0, 'expected at least one text') })
  .refine(({ texts }) => texts.reduce((sum, text) => sum + text.length, 0) <= charactersMax, { path: ['texts'], message: `expected at most ${charactersMax} characters together` });

/** Operations that the door found good. */
export interface Measured {
  readonly partnerAppId: string;
  readonly operations: readonly (Pick<RegisteredOperation, 'operationId' | 'name' | 'kind' | 'text' | 'points' | 'pointsMax'>)[];
}

/** Has the door look at the texts, before any transaction: whether the API answers them, and what they cost. */
export async function measured(ctx: PartnersContext, input: RegisterOperationsInput): Promise<Measured | OperationsNotAccepted> {
  const { partnerAppId = ctx.viewer.partnerAppId, texts } = parsed(rules, { ...input, partnerAppId: input.partnerAppId ?? undefined });
  if (!partnerAppId) throw badInput([{ path: ['input', 'partnerAppId'], message: 'expected the id of a partner\'s program' }]);
  const found = [];
  for (let at = 0; at < texts.length; at += measuredMax) found.push(...(await ctx.ask(operationsMeasure, { texts: texts.slice(at, at + measuredMax) })).operations);
  const faults = found.flatMap((each, at) => (each.isGood ? [] : [Object.assign(new OperationFault(), { at, name: each.name, problems: each.problems })]));
  if (faults.length > 0) return Object.assign(new OperationsNotAccepted(), { message: `${faults.length} of ${texts.length} texts cannot be registered.`, faults });
  const operations = found.flatMap((each, at) => {
    const text = texts[at] ?? '';
    return each.isGood ? [{ operationId: createHash('sha256').update(text).digest('hex'), text, name: each.name, kind: each.kind as OperationKind, points: each.points, pointsMax: each.pointsMax }] : [];
  });
  return { partnerAppId, operations };
}

/** Registers operations; those that can never cost much may run at once. Registering one again changes what was measured, never what was decided. */
export async function registerOperations(tx: PartnersTx, { partnerAppId, operations }: Measured): Promise<RegisterOperationsSucceeded | TooManyOperations | PartnerRevoked> {
  const app = await lockedPartner(tx, partnerAppId);
  if (app.status === PartnerStatus.REVOKED) return Object.assign(new PartnerRevoked(), { message: `${app.name} was revoked.` });
  const ids = [...new Set(operations.map(({ operationId }) => operationId))];
  const max = await makeRoom(tx, partnerAppId, ids);
  if (max !== undefined) return Object.assign(new TooManyOperations(), { message: `A program may have ${max} operations.`, max });
  const known = await tx.db.findBy(RegisteredOperation, { tenantId: tx.tenant.id, partnerAppId, operationId: In(ids) });
  const rows = new Map(known.map((row) => [row.operationId, row]));
  for (const operation of operations) rows.set(operation.operationId, merged(tx, app, operation, rows.get(operation.operationId)));
  const saved = await tx.db.save(RegisteredOperation, ids.flatMap((id) => rows.get(id) ?? []));
  await sayPartner(tx, app);
  const byId = new Map(saved.map((row) => [row.operationId, row]));
  return Object.assign(new RegisterOperationsSucceeded(), { operations: operations.flatMap(({ operationId }) => byId.get(operationId) ?? []) });
}

function merged(tx: PartnersTx, app: PartnerApp, operation: Measured['operations'][number], known: RegisteredOperation | undefined): RegisteredOperation {
  const isCheap = operation.pointsMax <= app.approvesBelow && operation.kind !== OperationKind.SUBSCRIPTION;
  const status = isCheap ? OperationStatus.APPROVED : OperationStatus.PENDING;
  const decided = { status, reason: null, decidedAt: isCheap ? tx.clock.now() : null };
  if (!known) return tx.db.create(RegisteredOperation, { tenantId: tx.tenant.id, id: newId('rop', tx.clock.now()), version: 1, partnerAppId: app.id, ...operation, ...decided });
  const isOpen = known.status === OperationStatus.WITHDRAWN || (known.status === OperationStatus.PENDING && isCheap);
  return Object.assign(known, { points: operation.points, pointsMax: operation.pointsMax, version: known.version + 1 }, isOpen && decided);
}
