import { CurrencyCode, DateTime, MinorUnits } from '@haat/kit/scalars';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { priceRowsMax } from '../limits.js';
import { Offer } from '../offer-price/offer-price.type.js';

/** One price to be set, changed or taken away. */
@InputType({ description: 'One price of an offer. A price of the same offer, list, quantity and times is written over.' })
export class PriceRowInput {
  @Field(() => ID, { description: 'The offer it is of; begins with ofr_.' }) offerId: string;
  @Field(() => CurrencyCode, { description: 'The currency of the marketplace, said so that nobody is mistaken.' }) currency: string;
  @Field(() => MinorUnits, { nullable: true, description: 'For one piece, 0 to 1,000,000,000,000; null takes this price away.' }) minor?: number | null;
  @Field(() => MinorUnits, { nullable: true, description: 'What is shown struck through beside it; nothing is computed of it.' }) compareAtMinor?: number | null;
  @Field(() => Int, { defaultValue: 1, description: 'From how many pieces in a cart on, 1 to 1,000,000.' }) minQuantity: number;
  @Field(() => ID, { nullable: true, description: "The price list it belongs to; the offer's own price when left out." }) priceListId?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'From when on it holds; always when left out.' }) from?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Until when it holds, the moment itself excluded; for ever when left out.' }) until?: Date | null;
}

/** Prices to be set at once. */
@InputType({ description: 'Prices that are set together, all or none of them.' })
export class SetPricesInput {
  @Field(() => [PriceRowInput], { description: `The prices, 1 to ${priceRowsMax} of them.` }) rows: PriceRowInput[];
  @Field(() => ID, { nullable: true, description: 'Makes repeating safe, 1 to 255 characters; the Idempotency-Key header serves as well.' }) idempotencyKey?: string | null;
}

/** What is wrong with one price. */
export enum PriceRowProblemCode {
  OFFER_UNKNOWN = 'OFFER_UNKNOWN',
  PRICE_LIST_UNKNOWN = 'PRICE_LIST_UNKNOWN',
  PRICE_LIST_OF_OTHERS = 'PRICE_LIST_OF_OTHERS',
  CURRENCY_NOT_SOLD_IN = 'CURRENCY_NOT_SOLD_IN',
  AMOUNT_OUT_OF_RANGE = 'AMOUNT_OUT_OF_RANGE',
  QUANTITY_OUT_OF_RANGE = 'QUANTITY_OUT_OF_RANGE',
  WINDOW_EMPTY = 'WINDOW_EMPTY',
  TWICE = 'TWICE',
  TOO_MANY_PRICES = 'TOO_MANY_PRICES',
}

registerEnumType(PriceRowProblemCode, {
  name: 'PriceRowProblemCode',
  description: 'What is wrong with one price among several.',
  valuesConfig: {
    OFFER_UNKNOWN: { description: 'There is no such offer among those you may price.' },
    PRICE_LIST_UNKNOWN: { description: 'There is no such price list, or it was ended.' },
    PRICE_LIST_OF_OTHERS: { description: 'The price list is for offers of other vendors.' },
    CURRENCY_NOT_SOLD_IN: { description: 'The marketplace sells in another currency.' },
    AMOUNT_OUT_OF_RANGE: { description: 'The amount is below zero or beyond the highest price.' },
    QUANTITY_OUT_OF_RANGE: { description: 'A tier begins at 1 to 1,000,000 pieces.' },
    WINDOW_EMPTY: { description: 'The price ends before it begins, or as it begins.' },
    TWICE: { description: 'An earlier row of this input sets the same price.' },
    TOO_MANY_PRICES: { description: 'The offer would have more prices than one may have.' },
  },
});

/** What is wrong with one row. */
@ObjectType({ description: 'What is wrong with one of the prices.' })
export class PriceRowProblem {
  @Field(() => Int, { description: 'The number of the row in the input, from 0.' }) row: number;
  @Field(() => PriceRowProblemCode, { description: 'What is wrong, for programs.' }) code: PriceRowProblemCode;
  @Field(() => String, { description: 'What is wrong, in a sentence for people.' }) message: string;

  static of(row: number, code: PriceRowProblemCode, message: string): PriceRowProblem {
    return Object.assign(new PriceRowProblem(), { row, code, message });
  }
}

/** Some prices will not do, and so none was set. */
@ObjectType({ implements: Problem, description: 'Some of the prices will not do, and so none was set.' })
export class PricesRefused extends Problem {
  @Field(() => [PriceRowProblem], { description: 'What is wrong, in the order of the rows.' }) problems: PriceRowProblem[];

  static of(problems: readonly PriceRowProblem[]): PricesRefused {
    return Object.assign(new PricesRefused(), { message: `${problems.length === 1 ? 'One price' : `${problems.length} prices`} will not do, and so none was set. ${problems[0]?.message ?? ''}`.trim(), problems });
  }
}

/** The prices are set. */
@ObjectType({ description: 'The prices are set, all of them.' })
export class SetPricesSucceeded {
  @Field(() => [Offer], { nullable: 'items', description: 'The offers that were priced, each once, in the order of the rows.' }) offers: Offer[];
  @Field(() => Int, { description: 'How many prices were set, changed or taken away.' }) count: number;
}

/** The prices, or why none was set. */
export const SetPricesResult = resultOf('SetPricesResult', 'The prices are set, or why none was.', [SetPricesSucceeded, PricesRefused]);
