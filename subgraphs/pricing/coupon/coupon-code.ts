import { randomInt } from 'node:crypto';

/** Characters of a code that somebody chose. */
export const codeCharactersMax = 40;

/** Neither 0 and O nor 1, I and L: a code is read from paper and typed. */
const unambiguous = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Random characters of a code: 31^10 codes, so that a million of them are not found by trying. */
export const randomCharacters = 10;

/** A code as it is kept and compared: trimmed, NFC, upper case. */
export function normalCode(code: string): string {
  return code.trim().normalize('NFC').toUpperCase();
}

/** A code that nobody can guess, behind a prefix. */
export function randomCode(prefix: string): string {
  return prefix + Array.from({ length: randomCharacters }, () => unambiguous[randomInt(unambiguous.length)]).join('');
}
