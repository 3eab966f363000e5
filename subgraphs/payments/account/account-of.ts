import type { PaymentsConfig } from '../config.js';
import type { PaymentsReads } from '../context.js';
import { stripeProvider } from '../stripe/stripe-provider.js';
import type { PaymentProvider } from '../provider/payment-provider.js';

/** A tenant's account at Stripe. */
export type StripeAccount = PaymentsConfig['STRIPE_ACCOUNTS'][string];

/** The account of a tenant: its own, else everybody's; null where there is none, and so no card can be taken. */
export function accountOf(config: PaymentsConfig, slug: string | null): StripeAccount | null {
  const own = slug === null ? undefined : config.STRIPE_ACCOUNTS[slug];
  if (own) return own;
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_PUBLISHABLE_KEY: publishableKey, STRIPE_WEBHOOK_SECRETS: webhookSecrets } = config;
  return secretKey === '' ? null : { secretKey, publishableKey, webhookSecrets };
}

/** Stripe as this tenant reaches it, or null. */
export function stripeOf(ctx: PaymentsReads, slug: string | null): PaymentProvider | null {
  const account = accountOf(ctx.config, slug);
  return account && stripeProvider(account, ctx.config, () => ctx.clock.now());
}
