import { z } from 'zod';
import { defineEvent } from '../event.js';

const partnerState = z.object({
  partnerAppId: z.string(),
  name: z.string(),
  status: z.enum(['ACTIVE', 'SUSPENDED', 'REVOKED']),
  vendorId: z.string().optional(),
});

/** A partner's program was registered. */
export const partnerRegistered = defineEvent({
  producer: 'partners', name: 'partner-registered', version: 1, aggregate: 'partner-app',
  description: 'An operator registered a partner\'s program.',
  payload: partnerState,
});

/** Anything that the door knows of a program changed: whether it may come in, its quota, its operations. */
export const partnerChanged = defineEvent({
  producer: 'partners', name: 'partner-changed', version: 1, aggregate: 'partner-app',
  description: 'A partner\'s program was suspended, resumed or revoked, or its quota or operations changed.',
  payload: partnerState,
});
