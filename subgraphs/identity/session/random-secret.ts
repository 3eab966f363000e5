import { createHash, randomBytes, randomInt } from 'node:crypto';

/** A secret nobody guesses: 256 bits, 43 characters of base64url. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A code a person can type: six digits, leading zeros kept. */
export function randomDigits(): string {
  return randomInt(1_000_000).toString().padStart(6, '0');
}

/** What is kept of a random secret: SHA-256 in hex. Enough for 256 random bits; short codes are bound to their row as well. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
