import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, lineOf, listOf, textOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { CountryCode } from '@haat/kit/scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { queueCheck } from '../identity-check/queue-check.js';
import { VendorStatusConflict } from '../vendor/decide-vendor.js';
import { lockedVendor } from '../vendor/find-vendors.js';
import { VendorStatus } from '../vendor/vendor-status.js';
import { judged } from './judge-submission.js';
import { moveOn } from './move-on.js';
import { Requirement } from './requirement.js';
import { RequirementKind, SubmissionStatus } from './requirement-kind.js';
import { readRequirements } from './requirement.loaders.js';
import { RequirementRule, RequirementSubmission } from './requirement-rule.js';

/** An answer, as a vendor gives it. */
@InputType({ description: "A vendor's answer to one question." })
export class RequirementAnswerInput {
  @Field(() => String, { description: 'Which question it answers.' }) key: string;
  @Field(() => String, { description: 'What the vendor answers, at most 2000 characters.' }) value: string;
}

/** Who is to be checked. */
@InputType({ description: 'Whom the provider of identity checks is to check; told to nobody else, and forgotten afterwards.' })
export class CheckSubjectInput {
  @Field(() => String, { description: 'Full name of the person or the company, as in its papers.' }) legalName: string;
  @Field(() => CountryCode, { description: 'Where the person lives or the company is registered.' }) country: string;
  @Field(() => String, { nullable: true, description: "The company's number in its register." }) registrationNumber?: string | null;
}

/** What is handed in. */
@InputType({ description: 'What a vendor hands in for one requirement; each kind takes its own part of it.' })
export class SubmitRequirementInput {
  @Field(() => ID, { description: 'The vendor that hands it in.' }) vendorId: string;
  @Field(() => String, { description: 'What it is handed in for, such as trade-licence.' }) key: string;
  @Field(() => Boolean, { nullable: true, description: 'Whether the terms are accepted, or it is so as declared.' }) isAccepted?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Where the document is, an https address.' }) documentUrl?: string | null;
  @Field(() => [RequirementAnswerInput], { nullable: true, description: 'The answers to the questions, at most 50.' }) answers?: RequirementAnswerInput[] | null;
  @Field(() => CheckSubjectInput, { nullable: true, description: 'Who is to be checked, for the two kinds of checks.' }) subject?: CheckSubjectInput | null;
}

/** What is asked is not there. */
@ObjectType({ implements: Problem, description: 'What is asked is not all there; the message names what is missing.' })
export class RequirementNotMet extends Problem {
  @Field(() => [String], { description: 'What is missing, by its name in the input or the settings.' })
  missing: string[];
}

/** The requirement with what was handed in, or why not. */
export const SubmitRequirementResult = resultOf('SubmitRequirementResult', 'The requirement with what was handed in, or why it was not taken.', [Requirement, RequirementNotMet, VendorStatusConflict]);

const rules = z.object({
  vendorId: idText, key: z.string().max(60), isAccepted: z.boolean().nullish(), documentUrl: z.url({ protocol: /^https$/ }).max(2_000).nullish(),
  answers: listOf(z.object({ key: z.string().max(60), value: textOf(2_000) }), 50).nullish(),
  subject: z.object({ legalName: lineOf(200), country: z.string(), registrationNumber: lineOf(60).nullish() }).nullish(),
});

/** What was handed in, read. */
export type HandedIn = z.infer<typeof rules>;

/** Takes what a vendor hands in. What can be told at once is accepted at once; the rest waits for an operator or the provider. */
export async function submitRequirement(tx: VendorsTx, input: SubmitRequirementInput): Promise<Requirement | RequirementNotMet | VendorStatusConflict> {
  const handedIn = parsed(rules, input);
  const vendor = await lockedVendor(tx, handedIn.vendorId);
  if (vendor.status === VendorStatus.CLOSED) return VendorStatusConflict.of(vendor);
  const rule = await askedRule(tx, handedIn.key);
  const { missing, status } = await judged(tx, vendor, rule, handedIn);
  if (missing.length > 0) return Object.assign(new RequirementNotMet(), { message: `Missing for “${rule.title}”: ${missing.join(', ')}.`, missing });
  const now = tx.clock.now();
  const submission = await keepSubmission(tx, vendor.id, rule, {
    status, documentUrl: handedIn.documentUrl ?? null, answers: handedIn.answers ?? [], note: null, submittedAt: now, decidedBy: null, decidedAt: status === SubmissionStatus.ACCEPTED ? now : null,
  });
  if (handedIn.subject && isCheck(rule)) await queueCheck(tx, { vendorId: vendor.id, submissionId: submission.id, subjectKind: rule.kind === RequirementKind.IDENTITY_CHECK ? 'PERSON' : 'BUSINESS', subject: handedIn.subject });
  await moveOn(tx, vendor);
  return requirementOf(tx, vendor.id, rule);
}

/** A requirement of a vendor as it is now. */
export async function requirementOf(tx: VendorsTx, vendorId: string, rule: RequirementRule): Promise<Requirement> {
  const all = (await readRequirements(tx, [vendorId])).get(vendorId) ?? [];
  return all.find((one) => one.rule.id === rule.id) ?? Requirement.of(rule, undefined);
}

/** The rule of a key that is asked. Refuses with NOT_FOUND. */
export async function askedRule(tx: VendorsTx, key: string): Promise<RequirementRule> {
  const rule = await tx.db.findOneBy(RequirementRule, { tenantId: tx.tenant.id, key, isRetired: false });
  if (!rule) throw notFound('requirement');
  return rule;
}

/** Writes what a vendor has for a rule. The vendor is locked, so there is one row. */
export async function keepSubmission(tx: VendorsTx, vendorId: string, rule: RequirementRule, facts: Partial<RequirementSubmission>): Promise<RequirementSubmission> {
  const where = { tenantId: tx.tenant.id, vendorId, ruleId: rule.id };
  const before = await tx.db.findOneBy(RequirementSubmission, where);
  const row = before ?? tx.db.create(RequirementSubmission, { ...where, id: newId('vreq', tx.clock.now()), version: 0, answers: [], documentUrl: null, note: null, submittedAt: null, decidedBy: null, decidedAt: null });
  return tx.db.save(Object.assign(row, facts, { version: row.version + 1 }));
}

function isCheck({ kind }: RequirementRule): boolean {
  return kind === RequirementKind.IDENTITY_CHECK || kind === RequirementKind.BUSINESS_CHECK;
}
