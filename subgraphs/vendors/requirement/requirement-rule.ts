import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { RequirementKind, type SubmissionStatus } from './requirement-kind.js';

/** One question of a marketplace's own. */
@ObjectType({ description: 'One question of a marketplace of its own.' })
export class RequirementField {
  @Field(() => String, { description: 'Names the question within its requirement.' }) key: string;
  @Field(() => String, { description: 'What the vendor is asked, 1 to 200 characters.' }) label: string;
  @Field(() => Boolean, { description: 'Whether it must be answered.' }) isRequired: boolean;
}

/** What a marketplace asks of every vendor. */
@ObjectType({ description: 'One thing that the marketplace asks of every vendor before it sells.' })
@Entity({ name: 'requirement_rule' })
export class RequirementRule extends TenantRow {
  @Field(() => ID, { description: 'Names the rule; begins with vreq_.' })
  override id: string;

  @Field(() => String, { description: 'What submissions name it by, such as trade-licence.' })
  @Column({ type: 'text' })
  key: string;

  @Column({ type: 'int' })
  position: number;

  @Field(() => RequirementKind, { description: 'What kind of thing is asked.' })
  @Column({ type: 'text' })
  kind: RequirementKind;

  @Field(() => String, { description: 'What vendors see as its name, 1 to 120 characters.' })
  @Column({ type: 'text' })
  title: string;

  @Field(() => String, { nullable: true, description: 'What exactly is asked, or has to be declared.' })
  @Column({ type: 'text', nullable: true })
  text: string | null;

  @Field(() => Boolean, { description: 'Whether a vendor must have it in order before it sells.' })
  @Column({ type: 'boolean' })
  isRequired: boolean;

  /** No longer asked; what was handed in stays. */
  @Column({ type: 'boolean' })
  isRetired: boolean;

  @Field(() => Int, { nullable: true, description: 'How many products, where so many are asked.' })
  @Column({ type: 'int', nullable: true })
  minimum: number | null;

  @Field(() => String, { nullable: true, description: 'Where the terms are that have to be accepted.' })
  @Column({ type: 'text', nullable: true })
  termsUrl: string | null;

  @Field(() => [RequirementField], { description: 'The questions, where some are asked.' })
  @Column({ type: 'jsonb' })
  fields: RequirementField[];
}

/** What a vendor handed in for one rule. */
@Entity({ name: 'requirement_submission' })
export class RequirementSubmission extends TenantRow {
  @Column({ type: 'text' })
  vendorId: string;

  @Column({ type: 'text' })
  ruleId: string;

  @Column({ type: 'text' })
  status: SubmissionStatus;

  @Column({ type: 'text', nullable: true })
  documentUrl: string | null;

  @Column({ type: 'jsonb' })
  answers: { readonly key: string; readonly value: string }[];

  /** What the operator or the provider said of it. */
  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  submittedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  decidedBy: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;
}
