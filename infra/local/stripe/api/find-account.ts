import type { AccountBooks } from '../account-books.js';
import { notAllowed } from '../refusal.js';
import type { Incoming } from '../incoming.js';
import type { Form } from './read-form.js';

/** Who asks: the account of a key, and whether the key is the publishable one. @throws StripeRefusal 401 */
export function findAccount(accounts: Iterable<AccountBooks>, { headers }: Incoming, form: Form): { readonly books: AccountBooks; readonly isPublic: boolean } {
  const key = keyIn(headers.authorization) ?? (typeof form['key'] === 'string' ? form['key'] : undefined);
  if (key === undefined || key === '') throw notAllowed("You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
  for (const books of accounts) {
    if (books.settings.secretKey === key) return { books, isPublic: false };
    if (books.settings.publishableKey === key) return { books, isPublic: true };
  }
  throw notAllowed(`Invalid API Key provided: ${masked(key)}`);
}

/** By `Bearer`, or as the name of `Basic`. */
function keyIn(authorization: string | undefined): string | undefined {
  const [, scheme = '', said = ''] = /^(Bearer|Basic)\s+(\S+)$/i.exec(authorization ?? '') ?? [];
  if (said === '') return undefined;
  return scheme.toLowerCase() === 'bearer' ? said : Buffer.from(said, 'base64').toString('utf8').split(':')[0];
}

function masked(key: string): string {
  return key.length < 16 ? '*'.repeat(key.length) : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`;
}
