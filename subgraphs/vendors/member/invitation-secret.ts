import { createHash, randomBytes } from 'node:crypto';

/** A secret nobody guesses: 256 bits, 43 characters of base64url. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of it: SHA-256 in hex, enough for 256 random bits. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
