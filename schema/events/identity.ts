import { z } from 'zod';
import { defineEvent } from '../event.js';

/** Somebody registered. No address in it: whoever needs one asks or unseals. */
export const userRegistered = defineEvent({
  producer: 'identity',
  name: 'user-registered',
  version: 1,
  aggregate: 'user',
  description: 'A person registered in a tenant.',
  payload: z.object({ userId: z.string(), locale: z.string() }),
});

/** An e-mail address was proved; orders adopt the guest orders made with it, found by its hash. */
export const emailVerified = defineEvent({
  producer: 'identity',
  name: 'email-verified',
  version: 1,
  aggregate: 'user',
  description: 'A person proved to own an e-mail address.',
  payload: z.object({
    userId: z.string(),
    sealedEmail: z.string().optional(),
    /** SHA-256 of the address, trimmed and in lower case, as orders of guests carry it. */
    emailHash: z.string().optional(),
  }),
});

/** A mail with a secret in it must be sent. Only notifications can open it. */
export const mailSecretIssued = defineEvent({
  producer: 'identity',
  name: 'mail-secret-issued',
  version: 1,
  aggregate: 'mail-secret',
  description: 'A mail with a secret must be sent: verification, reset, invitation or sign-in code.',
  payload: z.object({
    kind: z.enum(['VERIFY_EMAIL', 'RESET_PASSWORD', 'INVITATION', 'SIGN_IN_CODE', 'ALREADY_REGISTERED']),
    userId: z.string().optional(),
    locale: z.string(),
    expiresAt: z.iso.datetime(),
    /** JWE for notifications: {to, name, secret}. */
    sealed: z.string(),
  }),
});

/** A session ended: signed out, revoked, or its refresh token was used twice. */
export const sessionRevoked = defineEvent({
  producer: 'identity',
  name: 'session-revoked',
  version: 1,
  aggregate: 'session',
  description: 'A session ended before its time.',
  payload: z.object({ sessionId: z.string(), userId: z.string(), why: z.enum(['SIGNED_OUT', 'ENDED', 'TOKEN_REUSED', 'PASSWORD_CHANGED', 'ACCOUNT_CLOSED']) }),
});

/** What a person or an API token may do changed: roles, grants, vendors, disabled, revoked. */
export const viewerChanged = defineEvent({
  producer: 'identity',
  name: 'viewer-changed',
  version: 1,
  aggregate: 'viewer',
  description: 'The rights of a person or an API token changed.',
  payload: z.object({ userId: z.string().optional(), tokenId: z.string().optional() }),
});

/** A person was erased; whoever holds personal data of them erases it too. */
export const userErased = defineEvent({
  producer: 'identity',
  name: 'user-erased',
  version: 1,
  aggregate: 'user',
  description: 'A person asked to be forgotten, and was.',
  payload: z.object({ userId: z.string() }),
});

/** How many of something that plans limit there are now, counted by its owner. */
export const usageCounted = defineEvent({
  producer: 'identity',
  name: 'usage-counted',
  version: 1,
  aggregate: 'usage',
  description: 'How many staff members or API tokens a tenant has now.',
  payload: z.object({ meter: z.enum(['staff', 'apiTokens']), used: z.int().min(0) }),
});
