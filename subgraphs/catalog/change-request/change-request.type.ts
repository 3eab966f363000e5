import { connectionOf } from '@haat/kit/page';
import { DateTime } from '@haat/kit/scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { ChangeAction, ChangeRequestStatus, type ChangeRequestRow } from './change-request.row.js';

registerEnumType(ChangeAction, {
  name: 'ChangeAction', description: 'What a vendor asks to have done with a product.',
  valuesConfig: {
    UPDATE: { description: 'To change its words, properties, variants or pictures.' },
    PUBLISH: { description: 'To show it to shoppers from now on.' },
    ARCHIVE: { description: 'To take it from the shoppers.' },
  },
});

registerEnumType(ChangeRequestStatus, {
  name: 'ChangeRequestStatus', description: 'What became of a change that a vendor asked for.',
  valuesConfig: {
    PENDING: { description: 'Waits for an operator to decide on it.' },
    CONFIRMED: { description: 'Was done, and shoppers see it.' },
    DECLINED: { description: 'Was not done; the reason says why.' },
    CANCELED: { description: 'Was taken back by the vendor.' },
  },
});

/** One thing that would change. */
@ObjectType({ description: 'One part of a product that would change; texts as they are, lists as JSON.' })
export class ProposedChange {
  @Field(() => String, { description: 'Which part, by its name in the input of a change.' }) field: string;
  @Field(() => String, { nullable: true, description: 'What the product says there now; null where nothing.' }) now?: string | null;
  @Field(() => String, { description: 'What it would say from then on.' }) proposed: string;
}

/** A request as clients read it. */
@ObjectType({ description: "A change of a product's page that a vendor asks for and operators decide on." })
export class ChangeRequest {
  @Field(() => ID, { description: 'Names the request for good; begins with chg_.' }) id: string;
  @Field(() => ID, { description: 'The product that is to be changed.' }) productId: string;
  @Field(() => ID, { description: 'The vendor who asks for it.' }) vendorId: string;
  @Field(() => ChangeAction, { description: 'What is to be done with the product.' }) action: ChangeAction;
  @Field(() => ChangeRequestStatus, { description: 'Whether it waits, or what became of it.' }) status: ChangeRequestStatus;
  @Field(() => String, { nullable: true, description: 'What the vendor says to it.' }) note?: string | null;
  @Field(() => String, { nullable: true, description: 'Why it was declined, for the vendor.' }) reason?: string | null;
  @Field(() => DateTime, { description: 'When the vendor asked for it.' }) createdAt: Date;
  @Field(() => DateTime, { nullable: true, description: 'When it was decided or taken back.' }) decidedAt?: Date | null;

  /** What it was made of. */
  row: ChangeRequestRow;

  static of(row: ChangeRequestRow): ChangeRequest {
    const { _id: id, productId, vendorId, action, status, note, reason, createdAt, decidedAt } = row;
    return Object.assign(new ChangeRequest(), { id, productId, vendorId, action, status, note, reason, createdAt, decidedAt, row });
  }
}

const page = connectionOf(ChangeRequest, { name: 'ChangeRequest', description: 'Changes that vendors ask for, the newest in front.' });
/** A page of requests. */
export const ChangeRequestConnection = page.Connection;
