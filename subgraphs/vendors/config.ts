import { z } from 'zod';

const list = z.string().default('').transform((text) => text.split(',').map((part) => part.trim()).filter(Boolean));

/** What vendors reads from the environment. */
export const vendorsConfig = z.object({
  /** Where the provider of identity checks answers, without a slash at the end. Empty: operators decide by themselves. */
  VERIFICATION_URL: z.string().default('').transform((url) => url.replace(/\/+$/, '')),
  /** Our key at the provider. */
  VERIFICATION_KEY: z.string().default(''),
  /** What the provider's callbacks are signed with, comma-separated: several while one takes the other's place. */
  VERIFICATION_SECRETS: list,
  /** How long the provider is waited for, in milliseconds. */
  VERIFICATION_TIMEOUT_MS: z.coerce.number().int().min(100).max(30_000).default(10_000),
  /** How often a check that was started is asked for, in seconds: a callback may be lost. */
  VERIFICATION_POLL_SECONDS: z.coerce.number().int().min(1).max(86_400).default(600),
  /** Our door as the provider reaches it, without a slash at the end. */
  VERIFICATION_CALLBACK_BASE: z.string().default('http://localhost:4000').transform((url) => url.replace(/\/+$/, '')),
});

/** The settings of vendors. */
export type VendorsConfig = z.infer<typeof vendorsConfig>;
