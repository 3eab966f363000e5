import { Problem } from '@haat/kit/problem';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { SavedMethodRow } from './saved-method.row.js';

/** A card that a person keeps. */
@ObjectType({ description: 'A card or the like that a person keeps with the provider; no number of it is known here.' })
export class SavedPaymentMethod {
  @Field(() => ID, { description: 'Names it here; begins with spm_.' }) id: string;
  @Field(() => String, { description: 'Who issued it, such as visa, as the provider writes it.' }) brand: string;
  @Field(() => String, { description: 'The last four digits, for the person to know it by.' }) lastFour: string;
  @Field(() => Int, { description: 'The month it ends with, 1 to 12; 0 where it has none.' }) expiryMonth: number;
  @Field(() => Int, { description: 'The year it ends with, four digits; 0 where it has none.' }) expiryYear: number;

  static of({ id, brand, lastFour, expiryMonth, expiryYear }: SavedMethodRow): SavedPaymentMethod {
    return Object.assign(new SavedPaymentMethod(), { id, brand, lastFour, expiryMonth, expiryYear });
  }
}

/** A card that is being saved. */
@ObjectType({ description: 'A method that is being saved: the buyer\'s browser gives it to the provider by these.' })
export class PaymentMethodSetup {
  @Field(() => ID, { description: 'Names it at the provider; send it again when the browser is done.' }) setupId: string;
  @Field(() => String, { description: 'What the browser proves itself to the provider with.' }) clientSecret: string;
  @Field(() => String, { description: 'What the browser names our account at the provider by.' }) publishableKey: string;
}

/** No account. */
@ObjectType({ implements: Problem, description: 'This marketplace takes no cards, so none can be saved.' })
export class CardsNotOffered extends Problem {}
