import { randomBytes } from 'node:crypto';
import { prefixes, type Kind } from './kinds.js';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const idLength = 24;

/** An id as Stripe makes them. */
export function newId(kind: Kind): string {
  return `${prefixes[kind]}_${randomLetters(idLength)}`;
}

/** Random letters and digits. */
export function randomLetters(length: number): string {
  return [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join('');
}
