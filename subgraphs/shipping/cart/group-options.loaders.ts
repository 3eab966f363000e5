import { loader } from '@haat/kit/loader';
import type { ShippingContext } from '../context.js';
import { findOptions, type FoundOption, type GroupToSend } from '../quote/find-options.js';
import type { CartGroup } from './cart-group.type.js';

/** The ways to send vendors' parts of carts: three statements however many parts there are. Null where a part could not be read, or the place is not known yet. */
export function optionsByGroup(ctx: ShippingContext) {
  return loader<CartGroup, readonly FoundOption[]>(async (groups) => {
    const weights = await weightsOf(ctx, groups.flatMap(({ lines }) => (lines ?? []).map(({ offerId }) => offerId)));
    const toSend = groups.flatMap((group) => {
      const one = groupToSend(group, weights, ctx.tenant.currency);
      return one ? [[group.id, one] as const] : [];
    });
    const found = await findOptions(ctx, toSend.map(([, group]) => group));
    return new Map(toSend.map(([id], at) => [id, found[at] ?? []]));
  }, { key: ({ id }) => id });
}

interface OfferFact {
  readonly id: string;
  readonly weight_grams: number | null;
  readonly shipping_profile: string;
}

async function weightsOf(ctx: ShippingContext, offerIds: readonly string[]): Promise<Map<string, OfferFact>> {
  const rows: OfferFact[] = await ctx.db.query('select id, weight_grams, shipping_profile from offer_fact where id = any($1)', [[...new Set(offerIds)]]);
  return new Map(rows.map((row) => [row.id, row]));
}

function groupToSend({ vendorId, lines, destination, subtotal }: CartGroup, facts: ReadonlyMap<string, OfferFact>, currency: string): GroupToSend | null {
  if (!destination || subtotal?.currency !== currency || !lines || lines.some((line) => line === null)) return null;
  const offers = lines.map(({ offerId }) => facts.get(offerId));
  const { country, region, city, district, postalCode } = destination;
  return {
    vendorId, subtotalMinor: subtotal.minor, weightGrams: weightOf(lines.map(({ quantity }, at) => ({ quantity, grams: offers[at]?.weight_grams ?? null }))),
    shippingProfiles: [...new Set(offers.flatMap((offer) => offer?.shipping_profile ?? []))],
    destination: { country, region: region ?? null, city: city ?? null, district: district ?? null, postalCode: postalCode ?? null },
  };
}

/** What goods weigh together, as far as that is known: what nobody knows of one does not make the others weigh nothing. Null where it is known of none. */
function weightOf(lines: readonly { readonly quantity: number; readonly grams: number | null }[]): number | null {
  return lines.every(({ grams }) => grams === null) ? null : lines.reduce((sum, { quantity, grams }) => sum + quantity * (grams ?? 0), 0);
}
