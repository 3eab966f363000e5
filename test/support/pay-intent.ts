import type { PlacedOrder } from './buy.js';
import type { TestMarketplace } from './test-marketplace.js';

/** The provider's name of the payment of an order, as its buyer's browser has it. */
export function intentOf({ payment }: Pick<PlacedOrder, 'payment'>): string {
  const [intent] = payment?.clientSecret?.split('_secret_') ?? [];
  if (!intent) throw new Error(`There is nothing to pay: ${JSON.stringify(payment)}`);
  return intent;
}

/** Pays as the buyer would on the provider's own form, by a test card's name or number; a decline is no error here. */
export async function payIntent({ stripe }: TestMarketplace, order: Pick<PlacedOrder, 'payment'>, card: string): Promise<void> {
  if (!stripe) throw new Error('Nobody stands in for Stripe.');
  await stripe.control.pay(intentOf(order), card);
}
