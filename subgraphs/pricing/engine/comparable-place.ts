/**
 * A region or a postal code as two of them are compared: only letters and digits, in upper case, so that nobody pays another tax by spelling.
 * What is kept and shown stays as it was typed.
 */
export function comparablePlace(text: string): string {
  return text.normalize('NFKC').toUpperCase().normalize('NFKC').replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** Whether both are one place. */
export function isSamePlace(a: string, b: string | null): boolean {
  return b !== null && comparablePlace(a) === comparablePlace(b);
}
