import { Cached } from '@haat/kit/cached';
import { DateTime } from '@haat/kit/scalars';
import { connectionOf } from '@haat/kit/page';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { OfferStatus, type OfferRow } from './offer.row.js';

registerEnumType(OfferStatus, {
  name: 'OfferStatus',
  description: 'Whether a vendor sells a variant.',
  valuesConfig: {
    DRAFT: { description: 'Being prepared; only its vendor and the operators see it.' },
    ACTIVE: { description: 'For sale, as far as its vendor is open and has stock.' },
    PAUSED: { description: 'Not for sale for a while, by its vendor.' },
    BLOCKED: { description: 'Not for sale, by the operators; only they lift it.' },
    ARCHIVED: { description: 'Ended; it may be taken up again.' },
  },
});

/** Others' entity: who sells. */
@ObjectType('Vendor')
@Directive('@key(fields: "id", resolvable: false)')
export class VendorStub {
  @Field(() => ID) id: string;
}

/** A vendor's offer, without price and stock: those belong to others. */
@ObjectType({ description: 'What one vendor sells of a variant, on its own terms.' })
@Directive('@key(fields: "id")')
@Cached(30)
export class Offer {
  @Field(() => ID, { description: 'Names the offer for good; begins with ofr_.' }) id: string;
  @Field(() => ID, { description: 'The vendor who sells it; begins with ven_.' }) vendorId: string;
  @Field(() => String, { description: "The vendor's own number of it, unique at that vendor." }) vendorSku: string;
  @Field(() => OfferStatus, { description: 'Whether it is for sale; to shoppers it is always ACTIVE.' }) status: OfferStatus;
  @Field(() => Int, { nullable: true, description: 'What one piece weighs with its wrapping, in grams.' }) weightGrams?: number | null;
  @Field(() => Int, { nullable: true, description: 'How many pieces one order may have; null where any number.' }) maxPerOrder?: number | null;
  @Field(() => String, { description: "By which of the vendor's ways it is sent, by key." }) shippingProfile: string;
  @Field(() => DateTime, { description: 'When it was made, by our clock.' }) createdAt: Date;
  @Field(() => DateTime, { description: 'When anything of it changed last.' }) updatedAt: Date;

  /** What it was made of. */
  row: OfferRow;

  static of(row: OfferRow): Offer {
    const { vendorId, vendorSku, status, weightGrams, maxPerOrder, shippingProfile, createdAt, updatedAt } = row;
    return Object.assign(new Offer(), { id: row._id, vendorId, vendorSku, status, weightGrams, maxPerOrder, shippingProfile, createdAt, updatedAt, row });
  }
}

/** A page of offers. */
export const { Connection: OfferConnection } = connectionOf(Offer, { name: 'Offer', description: 'Offers of one variant, the one made first in front.', totalCount: true });
