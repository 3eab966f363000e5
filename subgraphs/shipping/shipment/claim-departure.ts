import { parcelDepart } from '@haat/schema/asks/orders';
import { notFound } from '@haat/kit/refusal';
import type { ShippingContext } from '../context.js';
import { leaves, type ParcelNews } from './move-parcel.js';
import { ShipmentRow, type ParcelRow } from './shipment.row.js';

/** What orders says of a parcel that is about to leave; null where the news of it does not take it away. */
export type Claim = 'DEPARTED' | 'CANCELLED' | 'HELD' | null;

/** Asks orders whether a parcel may leave, between two transactions: a cancellation and a departure must not both happen. Refused where orders cannot be reached. */
export async function claimDeparture(ctx: ShippingContext, parcel: ParcelRow, news: Pick<ParcelNews, 'to' | 'at'>): Promise<Claim> {
  if (!leaves(parcel, news)) return null;
  const { vendorOrderId } = await ctx.db.findOneByOrFail(ShipmentRow, { tenantId: ctx.tenant.id, id: parcel.shipmentId });
  const lines = parcel.lines.map(({ orderLineId, quantity }) => ({ orderLineId, quantity }));
  const { outcome } = await ctx.ask(parcelDepart, { vendorOrderId, parcelId: parcel.id, lines });
  if (outcome === 'NOT_FOUND') throw notFound('vendor order');
  return outcome;
}

/** A carrier's news once orders was asked: of what was cancelled or is held back it moves nothing, and says what is to be done. */
export function claimedNews(claim: Claim, news: ParcelNews): ParcelNews {
  if (claim !== 'CANCELLED' && claim !== 'HELD') return { ...news, mayLeave: claim === 'DEPARTED' };
  const why = claim === 'CANCELLED' ? 'The order was cancelled' : 'The order was held back';
  return { ...news, to: null, cashMinor: null, note: `${why} before this was heard. Get the parcel back from the carrier.` };
}
