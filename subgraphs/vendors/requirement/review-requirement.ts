import { actorOf } from '@haat/kit/identity';
import { parsed } from '@haat/kit/input';
import { idText, noteCharactersMax, textOf } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { VendorStatusConflict } from '../vendor/decide-vendor.js';
import { lockedVendor } from '../vendor/find-vendors.js';
import { VendorStatus } from '../vendor/vendor-status.js';
import { moveOn } from './move-on.js';
import { Requirement } from './requirement.js';
import { RequirementKind, SubmissionStatus } from './requirement-kind.js';
import { askedRule, keepSubmission, requirementOf, RequirementNotMet } from './submit-requirement.js';

/** What an operator decides. */
@InputType({ description: 'What an operator decides of what a vendor handed in.' })
export class ReviewRequirementInput {
  @Field(() => ID, { description: 'The vendor that handed it in.' }) vendorId: string;
  @Field(() => String, { description: 'What it was handed in for, such as trade-licence.' }) key: string;
  @Field(() => SubmissionStatus, { description: 'ACCEPTED, REJECTED or WAIVED; WAIVED also where nothing was handed in.' }) decision: SubmissionStatus;
  @Field(() => String, { nullable: true, description: 'Why, for the vendor to read; needed to reject.' }) note?: string | null;
}

/** The requirement as decided, or why not. */
export const ReviewRequirementResult = resultOf('ReviewRequirementResult', 'The requirement as it was decided, or why it was not.', [Requirement, RequirementNotMet, VendorStatusConflict]);

const rules = z.object({
  vendorId: idText, key: z.string().max(60), decision: z.enum([SubmissionStatus.ACCEPTED, SubmissionStatus.REJECTED, SubmissionStatus.WAIVED], 'expected ACCEPTED, REJECTED or WAIVED'), note: textOf(noteCharactersMax).nullish(),
}).refine(({ decision, note }) => decision !== SubmissionStatus.REJECTED || note, { path: ['note'], message: 'expected why it is not in order' });

/** Decides one requirement of a vendor, which moves an applicant on or back. Ends a check that is under way: the operator has looked. */
export async function reviewRequirement(tx: VendorsTx, input: ReviewRequirementInput): Promise<Requirement | RequirementNotMet | VendorStatusConflict> {
  const { vendorId, key, decision, note } = parsed(rules, input);
  const vendor = await lockedVendor(tx, vendorId);
  if (vendor.status === VendorStatus.CLOSED) return VendorStatusConflict.of(vendor);
  const rule = await askedRule(tx, key);
  const { status: before } = await requirementOf(tx, vendorId, rule);
  const needsNothing = decision === SubmissionStatus.WAIVED || rule.kind === RequirementKind.OPERATOR_REVIEW;
  if (before === null && !needsNothing) return Object.assign(new RequirementNotMet(), { message: `Nothing was handed in for “${rule.title}”.`, missing: [rule.key] });
  const submission = await keepSubmission(tx, vendorId, rule, { status: decision, note: note ?? null, decidedBy: actorOf(tx.viewer, tx.subgraph), decidedAt: tx.clock.now() });
  await tx.db.query(
    `update identity_check set status = 'HANDED_OVER', due_at = null, subject = null, version = version + 1 where tenant_id = $1 and submission_id = $2 and status in ('QUEUED', 'STARTED')`, [tx.tenant.id, submission.id],
  );
  await moveOn(tx, vendor);
  return requirementOf(tx, vendorId, rule);
}
