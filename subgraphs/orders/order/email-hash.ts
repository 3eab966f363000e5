import { createHash } from 'node:crypto';
import type { ContactFacts } from '@haat/schema/parts';

/** SHA-256 of an e-mail address, trimmed and in lower case: finds a person's orders and limits without keeping the address in clear. Null where there is none. */
export function emailHashOf(contact: ContactFacts | null): string | null {
  const email = contact?.email?.trim().toLowerCase();
  return email ? createHash('sha256').update(email).digest('hex') : null;
}
