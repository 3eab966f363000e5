import { createHash } from 'node:crypto';
import type { ContactFacts } from '@haat/schema/parts';

/** SHA-256 of an e-mail address, trimmed and in lower case: finds a person's orders and limits without keeping the address in clear. Null where there is none. */
export function emailHashOf(contact: ContactFacts | null): string | null {
  const email = contact?.email?.trim().toLowerCase();
  return email ? createHash('sha256').update(email).digest('hex') : null;
}

/** SHA-256 of a telephone number in E.164, for limits per customer alone: it is sent to pricing and not kept here. Null where there is none. */
export function phoneHashOf(contact: ContactFacts | null): string | null {
  return contact?.phone ? createHash('sha256').update(contact.phone).digest('hex') : null;
}
