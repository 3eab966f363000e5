import { z } from 'zod';

/** What identity reads from the environment. */
export const identityConfig = z.object({
  /** A JWKS of private Ed25519 keys (RFC 8037); the first signs access tokens, the others are still published. */
  ACCESS_TOKEN_KEYS: z.string().min(1),
  /** How long an access token is good, in seconds. */
  ACCESS_TOKEN_SECONDS: z.coerce.number().int().min(60).max(600).default(600),
  /** How long a session lives without being refreshed, in days. */
  SESSION_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  /** Failed sign-ins of one account before it has to wait. */
  SIGN_IN_TRIES_PER_ACCOUNT: z.coerce.number().int().min(3).default(10),
  /** Failed sign-ins from one address before it has to wait. */
  SIGN_IN_TRIES_PER_ADDRESS: z.coerce.number().int().min(10).default(100),
  /** How many codes, and how many links, one network may ask for in an hour: thousands of a carrier's customers share an address. */
  MAILS_PER_ADDRESS: z.coerce.number().int().min(10).default(200),
  /** The window in which tries are counted, in minutes. */
  SIGN_IN_WINDOW_MINUTES: z.coerce.number().int().min(1).default(15),
});

/** The settings of identity. */
export type IdentityConfig = z.infer<typeof identityConfig>;
