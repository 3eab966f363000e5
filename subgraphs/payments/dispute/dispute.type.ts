import { Money } from '@haat/kit/money';
import { DateTime } from '@haat/kit/scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import type { DisputeRow } from './dispute.row.js';

/** A disputed payment. */
@ObjectType({ description: 'A payment that the buyer\'s bank disputes; answered at the provider.' })
export class Dispute {
  @Field(() => ID, { description: 'Names the dispute; begins with dsp_.' }) id: string;
  @Field(() => String, { description: 'Where it is, in the provider\'s words, such as needs_response, won or lost.' }) status: string;
  @Field(() => String, { description: 'Why the bank disputes it, such as fraudulent.' }) reason: string;
  @Field(() => Money, { description: 'How much money is disputed.' }) amount: Money;
  @Field(() => DateTime, { nullable: true, description: 'Until when evidence can be given at the provider.' }) evidenceDueAt: Date | null;

  static of({ id, status, reason, amountMinor, currency, evidenceDueAt }: DisputeRow): Dispute {
    return Object.assign(new Dispute(), { id, status, reason, amount: Money.of(amountMinor, currency), evidenceDueAt });
  }
}
