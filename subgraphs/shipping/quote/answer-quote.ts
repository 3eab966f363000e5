import { shippingQuote } from '@haat/schema/asks/shipping';
import { defineAnswer } from '@haat/kit/define';
import type { ShippingContext } from '../context.js';
import { findOptions } from './find-options.js';

/** The ways to send each vendor's goods. Prices are kept in the marketplace's currency; in another one there are none. */
export const answerQuote = defineAnswer(shippingQuote, async (ctx: ShippingContext, { currency, destination, groups }) => {
  const found = currency === ctx.tenant.currency ? await findOptions(ctx, groups.map((group) => ({ ...group, destination }))) : [];
  return {
    groups: groups.map(({ vendorId }, at) => ({
      vendorId,
      options: (found[at] ?? []).map(({ method, amountMinor, deliverBy }) => ({
        methodId: method.id, name: method.name, carrier: method.carrier, amountMinor, deliverBy: deliverBy?.toISOString() ?? null, allowsCashOnDelivery: method.allowsCashOnDelivery,
      })),
    })),
  };
});
