import { z } from 'zod';

const list = z.string().default('').transform((text) => text.split(',').map((part) => part.trim()).filter(Boolean));

/** One account at Stripe: its keys, and what its callbacks are signed with. */
const account = z.strictObject({ secretKey: z.string().min(1), publishableKey: z.string().min(1), webhookSecrets: z.array(z.string().min(1)).min(1) });

/** Accounts by their tenant's slug, as JSON. */
const accounts = z.string().default('{}').transform((text, check) => {
  try {
    return z.record(z.string(), account).parse(JSON.parse(text));
  } catch {
    check.addIssue({ code: 'custom', message: 'expected JSON such as {"<slug>": {"secretKey", "publishableKey", "webhookSecrets": []}}' });
    return z.NEVER;
  }
});

/** What payments reads from the environment. */
export const paymentsConfig = z.object({
  /** The account of every tenant that has none of its own in STRIPE_ACCOUNTS. Empty: those offer no cards. */
  STRIPE_SECRET_KEY: z.string().default(''),
  /** What a buyer's browser shows to Stripe. */
  STRIPE_PUBLISHABLE_KEY: z.string().default(''),
  /** What Stripe signs its callbacks with, comma-separated: several while one takes the other's place. */
  STRIPE_WEBHOOK_SECRETS: list,
  /** One account per tenant: JSON, by slug. */
  STRIPE_ACCOUNTS: accounts,
  /** Where Stripe answers, without a slash at the end. */
  STRIPE_API_BASE: z.url({ protocol: /^https?$/ }).default('https://api.stripe.com').transform((url) => url.replace(/\/+$/, '')),
  /** How long one call waits for Stripe, in milliseconds. */
  STRIPE_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(6_000),
  /** How often an open payment is asked for, in seconds: a callback may be lost. */
  STRIPE_POLL_SECONDS: z.coerce.number().int().min(1).max(86_400).default(60),
  /** How long a buyer may take to pay, in minutes, where the tenant says nothing else. */
  PAYMENT_WINDOW_MINUTES: z.coerce.number().int().min(1).max(10_080).default(30),
});

/** The settings of payments. */
export type PaymentsConfig = z.infer<typeof paymentsConfig>;
