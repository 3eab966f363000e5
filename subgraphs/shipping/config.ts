import { z } from 'zod';

const address = (fallback: string) => z.url({ protocol: /^https?$/ }).default(fallback).transform((url) => url.replace(/\/+$/, ''));

/** What shipping reads from the environment. */
export const shippingConfig = z.object({
  /** Signs the links of labels, and hides the secrets of callbacks; the gateway has the same. At least 32 characters. */
  GUEST_KEY_SECRET: z.string().min(32),
  /** Where Pathao answers, without a slash at the end. */
  PATHAO_URL: address('https://api-hermes.pathao.com'),
  /** Where Pathao answers accounts for trying out. */
  PATHAO_SANDBOX_URL: address('https://courier-api-sandbox.pathao.com'),
  /** How long one call waits for a carrier, in milliseconds. */
  CARRIER_TIMEOUT_MS: z.coerce.number().int().min(100).max(30_000).default(6_000),
  /** How long nothing may be heard of a parcel before its carrier is asked, in hours: a callback may be lost. */
  CARRIER_POLL_HOURS: z.coerce.number().min(0.01).max(720).default(12),
});

/** The settings of shipping. */
export type ShippingConfig = z.infer<typeof shippingConfig>;
