import { z } from 'zod';

/** An amount in the smallest unit of the currency that stands beside it. */
export const minor = z.int();

/** An amount that is never below zero, in the smallest unit of the currency that stands beside it. */
export const minorAmount = z.int().min(0);

/** ISO 4217, upper case. */
export const currencyCode = z.string().length(3);

/** A tax of one line: what it was taken of, and where it is nothing, why. */
export const taxLine = z.object({
  /** Whose tax it is: ISO 3166-1, or ISO 3166-2 of a part of a country. */
  jurisdiction: z.string(),
  name: z.string(),
  /** Parts per million: 150000 is 15 %. */
  ratePpm: z.int().min(0),
  baseMinor: minor,
  amountMinor: minor,
  /** True where the price holds the tax already. */
  included: z.boolean(),
  reason: z.enum(['STANDARD', 'REDUCED', 'EXEMPT', 'ZERO_RATED', 'REVERSE_CHARGE', 'EXPORT', 'OUT_OF_SCOPE']),
});

/** A tax of one line. */
export type TaxLine = z.infer<typeof taxLine>;

/** The sums of a cart, an order or one vendor's part of it. `total` = subtotal − discount + shipping + tax that is not included. */
export const totals = z.object({
  /** Goods at unit price times quantity. */
  subtotalMinor: minorAmount,
  /** Everything taken off goods and shipping. */
  discountMinor: minorAmount,
  /** Shipping before what was taken off. */
  shippingMinor: minorAmount,
  /** All taxes, those within the prices as well. */
  taxMinor: minorAmount,
  totalMinor: minorAmount,
});

/** The sums of a cart, an order or one vendor's part of it. */
export type Totals = z.infer<typeof totals>;

/** Where a parcel goes, as prices, taxes and zones need it: no person, no street. */
export const destination = z.object({
  /** ISO 3166-1 alpha-2. */
  country: z.string().length(2),
  region: z.string().nullable(),
  city: z.string().nullable(),
  /** A part of the city: the area a courier's prices go by. */
  district: z.string().nullable(),
  postalCode: z.string().nullable(),
});

/** Where a parcel goes, without a person in it. */
export type Destination = z.infer<typeof destination>;

/** A whole postal address, of a person. In events it travels sealed only. */
export const postalAddress = destination.extend({
  name: z.string().nullable(),
  company: z.string().nullable(),
  line1: z.string(),
  line2: z.string().nullable(),
  phone: z.string().nullable(),
});

/** A whole postal address. */
export type PostalAddress = z.infer<typeof postalAddress>;

/** What of an address taxes, stock and ways to send go by: neither who lives there nor the house. */
export function destinationOf({ country, region, city, district, postalCode }: PostalAddress): Destination {
  return { country, region, city, district, postalCode };
}

/** How the person behind a cart or an order is reached. In events it travels sealed only. */
export const contact = z.object({ email: z.string().nullable(), phone: z.string().nullable(), name: z.string().nullable() });

/** How a person is reached. */
export type ContactFacts = z.infer<typeof contact>;

/** Who buys: a person with an account, or a guest by the HMAC of the cart's secret. One of the two is set. */
export const buyer = z.object({ userId: z.string().nullable(), guestKey: z.string().nullable() });

/** Who buys. */
export type Buyer = z.infer<typeof buyer>;
