import { z } from 'zod';
import { defineAsk } from '../ask.js';
import { viewerSchema } from '../viewer.js';

/** What a signed-in person may do now. Null when the session ended or the account is disabled or erased. */
export const viewerResolve = defineAsk({
  subgraph: 'identity',
  name: 'viewer.resolve',
  version: 1,
  description: 'Roles, grants and vendors of the person behind a session, as they are now.',
  input: z.strictObject({ userId: z.string().max(64), sessionId: z.string().max(64) }),
  output: z.object({ viewer: viewerSchema.nullable() }),
  deadlineMs: 2_000,
  changes: false,
});

/** Whose API token this is. Asked in the tenant that the token's text names. */
export const tokenResolve = defineAsk({
  subgraph: 'identity',
  name: 'token.resolve',
  version: 1,
  description: 'The viewer behind an API token, by the SHA-256 of its text.',
  input: z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  output: z.object({
    token: z.object({
      viewer: viewerSchema, kind: z.enum(['PARTNER', 'MACHINE']), expiresAt: z.iso.datetime().nullable(),
      /** Addresses and blocks that it may be shown from; from anywhere where there is none. */
      allowedAddresses: z.array(z.string()).optional(),
    }).nullable(),
  }),
  deadlineMs: 2_000,
  changes: false,
});

/** The public keys that access tokens are verified with (RFC 7517). Needs no tenant: asked in the platform's. */
export const keysList = defineAsk({
  subgraph: 'identity',
  name: 'keys.list',
  version: 1,
  description: 'The public keys of access tokens, the present one and those still trusted.',
  input: z.strictObject({}),
  output: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  deadlineMs: 2_000,
  changes: false,
});

/** A saved address of the viewer's own. Null for anybody else's. */
export const addressRead = defineAsk({
  subgraph: 'identity',
  name: 'address.read',
  version: 1,
  description: 'One saved address, of the viewer only.',
  input: z.strictObject({ savedAddressId: z.string().max(64) }),
  output: z.object({
    address: z.object({
      name: z.string().nullable(), company: z.string().nullable(), line1: z.string(), line2: z.string().nullable(), city: z.string().nullable(),
      district: z.string().nullable(), region: z.string().nullable(), postalCode: z.string().nullable(), country: z.string(), phone: z.string().nullable(),
    }).nullable(),
  }),
  deadlineMs: 2_000,
  changes: false,
});

/** People that one ask may name. */
export const contactsMax = 100;

/** How people are reached, for whoever writes to them. Only subgraphs are answered, not who they act for. */
export const contactsRead = defineAsk({
  subgraph: 'identity',
  name: 'contacts.read',
  version: 1,
  description: 'Proved e-mail addresses, names and languages of people; who is disabled or erased is not in the answer.',
  input: z.strictObject({ userIds: z.array(z.string().max(64)).max(contactsMax) }),
  output: z.object({ contacts: z.array(z.object({ userId: z.string(), email: z.string().nullable(), name: z.string().nullable(), locale: z.string() })) }),
  deadlineMs: 2_000,
  changes: false,
});
