import { Problem } from '@haat/kit/problem';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { WhyUnavailable } from '../offer/offer-facts.js';
import type { CartRow } from './cart.row.js';

/** Why nothing can be changed. */
export enum CartNotOpenReason { FROZEN = 'FROZEN', ORDERED = 'ORDERED', MERGED = 'MERGED', EXPIRED = 'EXPIRED' }

registerEnumType(CartNotOpenReason, {
  name: 'CartNotOpenReason', description: 'Why nothing in a cart can be changed any more, or right now.',
  valuesConfig: {
    FROZEN: { description: 'It is being ordered at this moment; try again in a moment.' },
    ORDERED: { description: 'It became an order; open a new cart for more.' },
    MERGED: { description: 'Its goods went into another cart of the same person.' },
    EXPIRED: { description: 'Nobody touched it for too long; open a new cart.' },
  },
});

/** The cart cannot be changed. */
@ObjectType({ implements: Problem, description: 'The cart cannot be changed: it is being ordered, was ordered, merged or given up.' })
export class CartNotOpen extends Problem {
  @Field(() => CartNotOpenReason, { description: 'Why it cannot be changed, for programs.' }) reason: CartNotOpenReason;

  static of({ state }: Pick<CartRow, 'state'>): CartNotOpen {
    const reason = state === 'OPEN' ? CartNotOpenReason.EXPIRED : CartNotOpenReason[state];
    return Object.assign(new CartNotOpen(), { message: sentences[reason], reason });
  }
}

const sentences: Readonly<Record<CartNotOpenReason, string>> = {
  FROZEN: 'The cart is being ordered; try again in a moment.', ORDERED: 'The cart became an order; open a new one.',
  MERGED: 'The cart was merged into another one.', EXPIRED: 'The cart was given up; open a new one.',
};

/** Why an offer cannot be bought. */
export enum OfferUnavailableReason { UNKNOWN = 'UNKNOWN', NOT_FOR_SALE = 'NOT_FOR_SALE', VENDOR_CLOSED = 'VENDOR_CLOSED' }

registerEnumType(OfferUnavailableReason, {
  name: 'OfferUnavailableReason', description: 'Why an offer cannot be put into a cart.',
  valuesConfig: {
    UNKNOWN: { description: 'No offer of this marketplace has that id.' },
    NOT_FOR_SALE: { description: 'The offer is paused, blocked or archived, or its product is not published.' },
    VENDOR_CLOSED: { description: 'Its vendor is suspended, closed or on holiday.' },
  },
});

/** An offer that cannot be bought now. */
@ObjectType({ implements: Problem, description: 'An offer cannot be bought now; nothing was put into the cart.' })
export class OfferUnavailable extends Problem {
  @Field(() => ID, { description: 'The offer that cannot be bought.' }) offerId: string;
  @Field(() => OfferUnavailableReason, { description: 'Why it cannot be bought, for programs.' }) reason: OfferUnavailableReason;

  static of(offerId: string, reason: WhyUnavailable): OfferUnavailable {
    const message = { UNKNOWN: 'There is no such offer.', NOT_FOR_SALE: 'This is not for sale now.', VENDOR_CLOSED: 'The vendor does not sell now.' }[reason];
    return Object.assign(new OfferUnavailable(), { message, offerId, reason: OfferUnavailableReason[reason] });
  }
}

/** Too many lines. */
@ObjectType({ implements: Problem, description: 'The cart would have more lines than a cart may; nothing was changed.' })
export class TooManyLines extends Problem {
  @Field(() => Int, { description: 'How many lines a cart may have.' }) max: number;

  static of(max: number): TooManyLines {
    return Object.assign(new TooManyLines(), { message: `A cart has at most ${max} lines.`, max });
  }
}

/** More pieces than one order may have. */
@ObjectType({ implements: Problem, description: 'More pieces of an offer than one order may have; nothing was changed.' })
export class OverMaximum extends Problem {
  @Field(() => ID, { description: 'The offer of which there were too many.' }) offerId: string;
  @Field(() => Int, { description: 'How many pieces of it the cart would have had.' }) requested: number;
  @Field(() => Int, { description: 'How many pieces of it one order may have.' }) max: number;

  static of(offerId: string, requested: number, max: number): OverMaximum {
    return Object.assign(new OverMaximum(), { message: `At most ${max} of this may be ordered, not ${requested}.`, offerId, requested, max });
  }
}
