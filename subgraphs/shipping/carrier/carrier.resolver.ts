import { Allow } from '@haat/kit/access';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { forbidden, notFound } from '@haat/kit/refusal';
import { z } from 'zod';
import type { ShippingContext } from '../context.js';
import { maySet } from '../may.js';
import { findShipment } from '../shipment/find-shipments.js';
import { CarrierAccountRow } from './carrier-account.row.js';
import { CarrierAccount, ConnectCarrierInput, ConnectCarrierResult, connectCarrier } from './connect-carrier.js';
import { CarrierPrice, findCarrierPrice } from './find-carrier-price.js';
import { SettleBookingInput, SettleBookingResult, settleBooking } from './settle-booking.js';

const priceRules = z.object({ vendorOrderId: idText, weightGrams: z.int().min(1).max(25_000_000), carrier: z.literal('pathao') });

/** Accounts at carriers, and what only somebody who looks there can settle. */
@Resolver(() => CarrierAccount)
export class CarrierResolver {
  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Query(() => [CarrierAccount], { nullable: true, description: 'The accounts by which a vendor\'s parcels go, its own and the marketplace\'s: for staff.' })
  async carrierAccounts(@Ctx() ctx: ShippingContext, @Arg('vendorId', () => ID, { nullable: true, description: 'The vendor whose own are listed as well; left out by operators.' }) vendorId?: string | null): Promise<CarrierAccount[]> {
    if (!maySet(ctx.viewer, vendorId ?? null)) throw forbidden();
    const rows = await ctx.db.createQueryBuilder(CarrierAccountRow, 'a').where('(a.vendorId is null or a.vendorId = :vendorId)', { vendorId: vendorId ?? null }).orderBy('a.id').getMany();
    return rows.map((row) => CarrierAccount.of(row, ctx.tenant.slug));
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Query(() => CarrierPrice, { nullable: true, description: 'What a carrier would take to bring a parcel to where an order goes: for its senders.' })
  carrierPrice(
    @Ctx() ctx: ShippingContext, @Arg('vendorOrderId', () => ID, { description: 'The part of an order that would be sent.' }) vendorOrderId: string,
    @Arg('weightGrams', () => Int, { description: 'What the parcel weighs with its wrapping, 1 to 25,000,000 grams.' }) weightGrams: number,
    @Arg('carrier', () => String, { defaultValue: 'pathao', description: 'Who is asked; pathao is the one there is.' }) carrier: string,
  ): Promise<CarrierPrice> {
    return findCarrierPrice(ctx, parsed(priceRules, { vendorOrderId, weightGrams, carrier }, []));
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => ConnectCarrierResult, { description: 'Keeps an account at a carrier once the carrier took it; another one of the same owner takes its place.' })
  connectCarrier(@Ctx() ctx: ShippingContext, @Arg('input', () => ConnectCarrierInput) input: ConnectCarrierInput): Promise<object> {
    return connectCarrier(ctx, input);
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => SettleBookingResult, { description: 'Says whether a carrier has a parcel that it was asked for and did not answer; where it has not, it is asked again.' })
  async settleBooking(@Ctx() ctx: ShippingContext, @Arg('input', () => SettleBookingInput) input: SettleBookingInput): Promise<object> {
    const settled = await settleBooking(ctx, input);
    if (typeof settled !== 'string') return settled;
    return (await findShipment(ctx, settled)) ?? Promise.reject(notFound('shipment'));
  }
}
