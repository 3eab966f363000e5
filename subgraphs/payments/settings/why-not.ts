import { accountOf } from '../account/account-of.js';
import { tenantSlug } from '../account/tenant-slug.js';
import type { PaymentsReads } from '../context.js';
import { settingsOf, type PaymentSettingsRow } from './payment-settings.js';

/** Why an order cannot be paid so, as a code. */
export type WhyNot = 'not_offered' | 'amount_too_large';

/** `amount_too_large`, in a sentence for people. */
export const whyTooLarge = 'The order is too large to be paid in cash.';

/** What somebody wants to pay, and how. */
export interface PayWish {
  readonly choice: string;
  /** Minor units of the tenant's currency; 0 or more. */
  readonly amountMinor: number;
}

/** What decides it. */
export interface WaysToPay extends Pick<PaymentSettingsRow, 'offersCash' | 'offersCards' | 'cashMaxMinor'> {
  /** Whether the marketplace has an account at the provider of cards. */
  readonly hasAccount: boolean;
}

/** Why an order over this amount cannot be paid so; null where it can. */
export function whyNot({ choice, amountMinor }: PayWish, { offersCash, offersCards, cashMaxMinor, hasAccount }: WaysToPay): WhyNot | null {
  if (choice === 'CASH_ON_DELIVERY') return !offersCash ? 'not_offered' : cashMaxMinor !== null && amountMinor > cashMaxMinor ? 'amount_too_large' : null;
  return choice === 'STRIPE' && offersCards && hasAccount ? null : 'not_offered';
}

/** What the marketplace of `ctx` takes. */
export async function waysToPay(ctx: PaymentsReads): Promise<WaysToPay> {
  const [settings, slug] = [await settingsOf(ctx), await tenantSlug(ctx)];
  return { ...settings, hasAccount: accountOf(ctx.config, slug) !== null };
}
