import { Problem } from '@haat/kit/problem';
import { Field, ID, ObjectType } from 'type-graphql';
import { OfferStatus } from './offer.row.js';

/** The vendor offers the variant already. */
@ObjectType({ implements: Problem, description: 'The vendor has an offer of this variant already; change that one.' })
export class OfferExists extends Problem {
  @Field(() => ID, { description: 'The offer that is there already.' }) offerId: string;

  static of(offerId: string): OfferExists {
    return Object.assign(new OfferExists(), { message: 'The vendor has an offer of this variant already. Change that one.', offerId });
  }
}

/** The vendor has the number at another offer. */
@ObjectType({ implements: Problem, description: "Another offer of the same vendor has the vendor's number." })
export class VendorSkuTaken extends Problem {
  @Field(() => String, { description: 'The number that was asked for.' }) vendorSku: string;

  static of(vendorSku: string): VendorSkuTaken {
    return Object.assign(new VendorSkuTaken(), { message: `“${vendorSku}” is the number of another offer of this vendor.`, vendorSku });
  }
}

/** The status cannot follow the one it has. */
@ObjectType({ implements: Problem, description: 'The offer cannot go from its state to the one asked for.' })
export class OfferStatusRefused extends Problem {
  @Field(() => OfferStatus, { description: 'The state that the offer has.' }) from: OfferStatus;
  @Field(() => OfferStatus, { description: 'The state that was asked for.' }) to: OfferStatus;

  static of(from: OfferStatus, to: OfferStatus, message = `An offer that is ${from} does not become ${to}.`): OfferStatusRefused {
    return Object.assign(new OfferStatusRefused(), { message, from, to });
  }
}
