import { Money } from '@haat/kit/money';
import { notFound } from '@haat/kit/refusal';
import { Field, ObjectType } from 'type-graphql';
import type { ShippingContext } from '../context.js';
import { maySend } from '../may.js';
import { CarrierBusy, CarrierRefusal, CarrierSilent, type CarrierName } from './carrier.js';
import { accountFor, carrierOf } from './carrier-of.js';

/** What a carrier would take. */
@ObjectType({ description: 'What a carrier would take to bring a parcel to where an order goes, asked of it now.' })
export class CarrierPrice {
  @Field(() => String, { description: 'Who was asked, such as pathao.' }) carrier: string;
  @Field(() => Money, { nullable: true, description: 'What it would take; null where it does not say.' }) price: Money | null;
  @Field(() => [String], { description: 'Why it does not say, in its own words; empty where it does.' }) reasons: readonly string[];
}

/** Asks the carrier that a vendor's parcels go by. Nothing is kept. */
export async function findCarrierPrice(ctx: ShippingContext, { vendorOrderId, carrier, weightGrams }: { readonly vendorOrderId: string; readonly carrier: CarrierName; readonly weightGrams: number }): Promise<CarrierPrice> {
  const fact = await ctx.loaders.factById.load(vendorOrderId);
  if (!fact || !maySend(ctx.viewer, fact.vendorId)) throw notFound('vendor order');
  const of = (price: Money | null, reasons: readonly string[]): CarrierPrice => Object.assign(new CarrierPrice(), { carrier, price, reasons: [...reasons] });
  const account = carrier === 'own' ? null : await accountFor(ctx, carrier, fact.vendorId);
  if (!account) return of(null, ['There is no account at this carrier.']);
  try {
    const { city, district } = fact.shipTo;
    const minor = await (await carrierOf(ctx, account)).price({ city: city ?? '', district: district ?? '' }, weightGrams);
    return of(Money.of(minor, fact.currency), []);
  } catch (error) {
    if (error instanceof CarrierRefusal) return of(null, error.reasons);
    if (error instanceof CarrierBusy || error instanceof CarrierSilent) return of(null, [error.message]);
    throw error;
  }
}
