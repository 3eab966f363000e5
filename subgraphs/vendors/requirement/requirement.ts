import { DateTime } from '@haat/kit/scalars';
import { Field, ObjectType } from 'type-graphql';
import { RequirementKind, SubmissionStatus } from './requirement-kind.js';
import { RequirementRule, type RequirementSubmission } from './requirement-rule.js';

/** An answer to a question. */
@ObjectType({ description: "A vendor's answer to one question." })
export class RequirementAnswer {
  @Field(() => String, { description: 'Which question it answers.' }) key: string;
  @Field(() => String, { description: 'What the vendor answered.' }) value: string;
}

/** What is asked of a vendor, and how far it is. */
@ObjectType({ description: 'One thing asked of a vendor, and how far it is with it.' })
export class Requirement {
  @Field(() => RequirementRule, { description: 'What the marketplace asks.' }) rule: RequirementRule;
  @Field(() => SubmissionStatus, { nullable: true, description: 'What became of it; null where nothing was handed in.' }) status: SubmissionStatus | null;
  @Field(() => String, { nullable: true, description: 'What the operator or the provider said of it.' }) note: string | null;
  @Field(() => String, { nullable: true, description: 'Where the document is that was handed in.' }) documentUrl: string | null;
  @Field(() => [RequirementAnswer], { description: 'The answers that were handed in.' }) answers: RequirementAnswer[];
  @Field(() => String, { nullable: true, description: 'Where the person goes on with the provider, while a check is under way.' }) checkUrl: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was handed in last.' }) submittedAt: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was decided last.' }) decidedAt: Date | null;

  static of(rule: RequirementRule, submission: RequirementSubmission | undefined, checkUrl: string | null = null): Requirement {
    const { status = null, note = null, documentUrl = null, answers = [], submittedAt = null, decidedAt = null } = submission ?? {};
    return Object.assign(new Requirement(), { rule, status, note, documentUrl, answers, submittedAt, decidedAt, checkUrl: status === SubmissionStatus.PENDING ? checkUrl : null });
  }
}

/** What still stands between a vendor and its approval. An operator who approves has looked at it. */
export function isOpen({ rule, status }: Requirement): boolean {
  return rule.isRequired && rule.kind !== RequirementKind.OPERATOR_REVIEW && status !== SubmissionStatus.ACCEPTED && status !== SubmissionStatus.WAIVED;
}

/** What the vendor itself still has to do. */
export function isVendorsTurn({ rule, status }: Requirement): boolean {
  return rule.isRequired && (status === SubmissionStatus.REJECTED || (status === null && rule.kind !== RequirementKind.OPERATOR_REVIEW));
}
