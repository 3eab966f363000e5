import 'reflect-metadata';
import { Directive, Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { z } from 'zod';
import { Money } from './money.js';
import { connectionOf, type ConnectionClasses } from './page.js';
import { Problem } from './problem.js';
import { CountryCode, CurrencyCode, MinorUnits } from './scalars.js';

/** The least and the most of several amounts. */
@Directive('@shareable')
@ObjectType('MoneyRange', { description: 'The lowest and the highest of several amounts, in one currency.' })
export class MoneyRange {
  @Field(() => Money, { description: 'The lowest amount of the range.' }) min: Money;
  @Field(() => Money, { description: 'The highest amount of the range; equal to the lowest where there is one price.' }) max: Money;
}

/** An amount as a client names it. */
@InputType('MoneyInput', { description: 'An amount of one currency, as a client names it.' })
export class MoneyInput {
  @Field(() => MinorUnits, { description: "The amount in the currency's smallest unit: 1250 is 12.50 BDT." }) minor: number;
  @Field(() => CurrencyCode, { description: 'The currency of this amount, by ISO 4217.' }) currency: string;
}

/** What an address and its input have in common; in no schema by itself. */
@ObjectType('AddressFields')
@InputType('AddressFieldsInput')
abstract class AddressFields {
  @Field(() => String, { nullable: true, description: 'Whom a parcel is handed to, by full name.' }) name?: string | null;
  @Field(() => String, { nullable: true, description: 'The company at this address, if it is one.' }) company?: string | null;
  @Field(() => String, { description: 'Street and house number, or what the country puts first.' }) line1: string;
  @Field(() => String, { nullable: true, description: 'Flat, floor, building or landmark, where needed.' }) line2?: string | null;
  @Field(() => String, { nullable: true, description: 'The city, town or post town.' }) city?: string | null;
  @Field(() => String, { nullable: true, description: 'A part of the city, or the upazila or thana in Bangladesh.' }) district?: string | null;
  @Field(() => String, { nullable: true, description: 'The state, division, province or county of the country.' }) region?: string | null;
  @Field(() => String, { nullable: true, description: 'The postal code as written in its country.' }) postalCode?: string | null;
  @Field(() => CountryCode, { description: 'The country of the address, by ISO 3166-1.' }) country: string;
  @Field(() => String, { nullable: true, description: 'The telephone number a courier may call, in E.164 form.' }) phone?: string | null;
}

/** A postal address; which parts it needs is its country's business. */
@Directive('@shareable')
@ObjectType('Address', { description: "A postal address. Which parts it needs is decided by its country's own rules." })
export class Address extends AddressFields {}

/** A postal address as a client gives it. */
@InputType('AddressInput', { description: "A postal address as a client gives it, checked by its country's own rules." })
export class AddressInput extends AddressFields {}

/** How somebody is reached. */
@Directive('@shareable')
@ObjectType('Contact', { description: 'How the person behind a cart or an order is reached.' })
export class Contact {
  @Field(() => String, { nullable: true, description: 'The e-mail address that messages are sent to.' }) email?: string | null;
  @Field(() => String, { nullable: true, description: 'The telephone number for calls and texts, in E.164 form.' }) phone?: string | null;
  @Field(() => String, { nullable: true, description: 'How the person wants to be called.' }) name?: string | null;
}

/** One choice that makes a variant what it is. */
@Directive('@shareable')
@ObjectType('SelectedOption', { description: 'One choice that tells a variant from its siblings, such as colour: blue.' })
export class SelectedOption {
  @Field(() => String, { description: 'The name of the option, such as "Colour".' }) name: string;
  @Field(() => String, { description: 'The value chosen for the option, such as "Blue".' }) value: string;
}

/** A fact that an integration keeps at one of our nouns. */
@Directive('@shareable')
@ObjectType('MetadataEntry', { description: 'A fact that an integration keeps with one of our objects; we never interpret it.' })
export class MetadataEntry {
  @Field(() => String, { description: 'The name of the fact, unique within its object.' }) key: string;
  @Field(() => String, { description: 'The fact itself, kept as plain text.' }) value: string;
}

/** A fact that an integration writes. */
@InputType('MetadataEntryInput', { description: 'A fact that an integration writes to one of our objects.' })
export class MetadataEntryInput {
  @Field(() => String, { description: 'The name of the fact; an entry of the same name is replaced.' }) key: string;
  @Field(() => String, { description: 'The fact itself, kept as plain text.' }) value: string;
  @Field(() => Boolean, { defaultValue: false, description: 'Whether only staff and API tokens may read the entry.' }) isPrivate: boolean;
}

/** What an entry must be. */
export const metadataEntryRules = z.object({ key: z.string().min(1).max(100), value: z.string().max(5_000), isPrivate: z.boolean().nullish().transform((p) => p ?? false) });

/** Somebody else has the slug. */
@Directive('@shareable')
@ObjectType('SlugTaken', { implements: Problem, description: 'The slug belongs to another object of this kind; choose another one.' })
export class SlugTaken extends Problem {
  @Field(() => String, { description: 'The slug that was asked for, as it was compared.' }) slug: string;

  static of(slug: string): SlugTaken {
    return Object.assign(new SlugTaken(), { message: `“${slug}” is already taken. Choose another slug.`, slug });
  }
}

/** Why a coupon does not help. */
export enum CouponRejectedReason {
  UNKNOWN = 'UNKNOWN',
  NOT_STARTED = 'NOT_STARTED',
  EXPIRED = 'EXPIRED',
  USED_UP = 'USED_UP',
  CUSTOMER_LIMIT = 'CUSTOMER_LIMIT',
  DAILY_LIMIT = 'DAILY_LIMIT',
  BELOW_MINIMUM = 'BELOW_MINIMUM',
  NO_MATCHING_GOODS = 'NO_MATCHING_GOODS',
  NOT_ELIGIBLE = 'NOT_ELIGIBLE',
  NOT_COMBINABLE = 'NOT_COMBINABLE',
  TOO_MANY_ATTEMPTS = 'TOO_MANY_ATTEMPTS',
}

registerEnumType(CouponRejectedReason, {
  name: 'CouponRejectedReason',
  description: 'Why a coupon code gives nothing on this cart.',
  valuesConfig: {
    UNKNOWN: { description: 'No coupon of this marketplace has that code.' },
    NOT_STARTED: { description: 'The coupon is not valid yet.' },
    EXPIRED: { description: 'The coupon is no longer valid.' },
    USED_UP: { description: 'The coupon has been used as often as it may.' },
    CUSTOMER_LIMIT: { description: 'This customer has used the coupon as often as allowed.' },
    DAILY_LIMIT: { description: "Today's uses of the coupon are spent; it works again tomorrow." },
    BELOW_MINIMUM: { description: 'The cart is below the minimum; `missing` says by how much.' },
    NO_MATCHING_GOODS: { description: 'Nothing in the cart is covered by the coupon.' },
    NOT_ELIGIBLE: { description: 'The coupon is meant for other customers, such as first orders.' },
    NOT_COMBINABLE: { description: 'The coupon cannot be combined with another one in the cart.' },
    TOO_MANY_ATTEMPTS: { description: 'Too many codes were tried; wait before the next one.' },
  },
});

/** A coupon that gives nothing, and why. */
@Directive('@shareable')
@ObjectType('CouponRejected', { implements: Problem, description: 'The coupon gives nothing on this cart, with the reason.' })
export class CouponRejected extends Problem {
  @Field(() => CouponRejectedReason, { description: 'Why the coupon gives nothing, for programs.' }) reason: CouponRejectedReason;
  @Field(() => Money, { nullable: true, description: 'How much more goods are needed, where a minimum is not reached.' }) missing: Money | null;
}

/** How a buyer pays. */
export enum PaymentChoice {
  STRIPE = 'STRIPE',
  CASH_ON_DELIVERY = 'CASH_ON_DELIVERY',
}

registerEnumType(PaymentChoice, {
  name: 'PaymentChoice',
  description: 'How a buyer wants to pay for an order.',
  valuesConfig: {
    STRIPE: { description: 'By card or wallet, through Stripe.' },
    CASH_ON_DELIVERY: { description: 'In cash to the courier, at the door.' },
  },
});

/**
 * `ProductConnection` and `ProductEdge`, in the same words in every subgraph that lists products: given its own `Product`,
 * which is a stub everywhere but in catalog. A product that is gone leaves null behind, not an empty page.
 */
export function productConnection<T extends object>(product: abstract new (...args: never[]) => T): ConnectionClasses<T> {
  return connectionOf(product, { name: 'Product', description: 'Products in the order that the list asked for.', nullableNodes: true, shareable: true });
}
