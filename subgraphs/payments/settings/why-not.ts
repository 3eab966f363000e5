import { accountOf } from '../account/account-of.js';
import { tenantSlug } from '../account/tenant-slug.js';
import type { PaymentsReads } from '../context.js';
import { settingsOf } from './payment-settings.js';

/** Why an order cannot be paid so, as a code. */
export type WhyNot = 'not_offered' | 'amount_too_large';

/** What somebody wants to pay, and how. */
export interface PayWish {
  readonly choice: string;
  /** Minor units of the tenant's currency; 0 or more. */
  readonly amountMinor: number;
}

/** Why an order over this amount cannot be paid so at this marketplace; null where it can. */
export async function whyNot(ctx: PaymentsReads, { choice, amountMinor }: PayWish): Promise<WhyNot | null> {
  const { offersCash, offersCards, cashMaxMinor } = await settingsOf(ctx);
  if (choice === 'CASH_ON_DELIVERY') return !offersCash ? 'not_offered' : cashMaxMinor !== null && amountMinor > cashMaxMinor ? 'amount_too_large' : null;
  const isOffered = choice === 'STRIPE' && offersCards && accountOf(ctx.config, await tenantSlug(ctx)) !== null;
  return isOffered ? null : 'not_offered';
}
