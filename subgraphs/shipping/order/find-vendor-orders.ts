import type { Representation } from '@haat/kit/define';
import type { ShippingContext } from '../context.js';
import { maySee } from '../may.js';
import { VendorOrderFact } from './vendor-order-fact.row.js';
import { VendorOrder } from './vendor-order.type.js';

/** Vendors' parts by their keys, those whose parcels the viewer may follow: one statement. */
export async function findVendorOrders(ctx: ShippingContext, keys: readonly Representation[]): Promise<(VendorOrder | null)[]> {
  const facts = await ctx.loaders.factById.loadMany(keys.map(({ id }) => id));
  return facts.map((fact) => (fact instanceof VendorOrderFact && maySee(ctx.viewer, fact) ? VendorOrder.of(fact) : null));
}
