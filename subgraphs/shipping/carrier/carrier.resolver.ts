import { Allow } from '@haat/kit/access';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { forbidden, notFound } from '@haat/kit/refusal';
import type { ShippingContext } from '../context.js';
import { maySet } from '../may.js';
import { findShipment } from '../shipment/find-shipments.js';
import { CarrierAccountRow } from './carrier-account.row.js';
import { CarrierAccount, ConnectCarrierInput, ConnectCarrierResult, connectCarrier } from './connect-carrier.js';
import { SettleBookingInput, SettleBookingResult, settleBooking } from './settle-booking.js';

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
