import { DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** Whether an operation may run. */
export enum OperationStatus { PENDING = 'PENDING', APPROVED = 'APPROVED', REJECTED = 'REJECTED', WITHDRAWN = 'WITHDRAWN' }

registerEnumType(OperationStatus, {
  name: 'RegisteredOperationStatus',
  description: 'Whether a partner\'s program may run an operation.',
  valuesConfig: {
    PENDING: { description: 'An operator has not decided yet.' },
    APPROVED: { description: 'The program may run it by its id.' },
    REJECTED: { description: 'An operator decided against it.' },
    WITHDRAWN: { description: 'Taken back by the program or an operator.' },
  },
});

/** What an operation does. */
export enum OperationKind { QUERY = 'query', MUTATION = 'mutation', SUBSCRIPTION = 'subscription' }

registerEnumType(OperationKind, {
  name: 'RegisteredOperationKind',
  description: 'What a registered operation does, as GraphQL names it.',
  valuesConfig: { QUERY: { description: 'It reads and changes nothing.' }, MUTATION: { description: 'It changes something, and reads.' }, SUBSCRIPTION: { description: 'It stays, and hears of changes.' } },
});

/** An operation that a partner's program wants to run. */
@ObjectType({ description: 'An operation that a partner\'s program registered, and whether it may run.' })
@Entity({ name: 'registered_operation' })
export class RegisteredOperation extends TenantRow {
  @Field(() => ID, { description: 'Names the registration, for operators; begins with rop_.' })
  override id: string;

  @Column({ type: 'text' })
  partnerAppId: string;

  @Field(() => ID, { description: 'SHA-256 of the text in hexadecimal: what the program sends as id.' })
  @Column({ type: 'text' })
  operationId: string;

  @Field(() => String, { description: 'The operation\'s own name in its text.' })
  @Column({ type: 'text' })
  name: string;

  @Field(() => OperationKind, { description: 'What the operation does.' })
  @Column({ type: 'text' })
  kind: OperationKind;

  @Field(() => String, { description: 'The whole text, as it was registered.' })
  @Column({ type: 'text' })
  text: string;

  @Field(() => Int, { description: 'Points that it costs when its variables say nothing of pages.' })
  @Column({ type: 'int' })
  points: number;

  @Field(() => Int, { description: 'Points that it costs at most, whatever its variables say.' })
  @Column({ type: 'int' })
  pointsMax: number;

  @Field(() => OperationStatus, { description: 'Whether the program may run it.' })
  @Column({ type: 'text' })
  status: OperationStatus;

  @Field(() => String, { nullable: true, description: 'Why it was rejected, in the operator\'s words.' })
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was approved, rejected or withdrawn; null while nobody did.' })
  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Field(() => DateTime, { description: 'When it was registered, in UTC.' })
  override createdAt: Date;
}
