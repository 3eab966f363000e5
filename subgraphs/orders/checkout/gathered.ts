import type { z } from 'zod';
import type { cartFreeze, FrozenCart } from '@haat/schema/asks/carts';
import type { describedOffer } from '@haat/schema/asks/catalog';
import type { paymentCheck } from '@haat/schema/asks/payments';
import type { pricingQuote } from '@haat/schema/asks/pricing';
import type { shippingQuote } from '@haat/schema/asks/shipping';
import type { commissionQuote, describedVendor } from '@haat/schema/asks/vendors';

/** What others know of a cart that is to become an order: the whole of what the decision is made from. */
export interface Gathered {
  readonly cart: FrozenCart;
  readonly offers: readonly z.infer<typeof describedOffer>[];
  readonly vendors: readonly z.infer<typeof describedVendor>[];
  /** Goods alone, before shipping is known. */
  readonly goods: Quote;
  readonly shipping: z.infer<typeof shippingQuote.output>['groups'];
  /** With the chosen shipping; absent where something stands in the way of asking. */
  readonly priced?: Quote;
  /** Whether it can be paid as wished; absent where no way was named, or payments could not be asked: then whoever opens the payment says so. */
  readonly payable?: z.infer<typeof paymentCheck.output>;
  readonly commission?: z.infer<typeof commissionQuote.output>;
}

/** Prices of a cart. */
export type Quote = z.infer<typeof pricingQuote.output>;

/** What a cart that could not be frozen was. */
export type NotFrozen = Exclude<z.infer<typeof cartFreeze.output>, { outcome: 'FROZEN' }>;
