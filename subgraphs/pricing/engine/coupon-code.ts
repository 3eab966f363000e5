import { invariant } from '@haat/kit/invariant';

/** Letters and digits that nobody takes for one another, read or heard: no 0 O, 1 I L, 2 Z, 5 S, 8 B. */
export const codeAlphabet = 'ACDEFGHJKMNPQRTUVWXY34679';

/** The fewest random signs that cannot be guessed at the rate at which codes may be tried. */
export const codeLengthMin = 8;

/** Bytes that nobody can foresee, such as those of `randomBytes`. */
export type RandomBytes = (count: number) => Uint8Array;

/** How a code is kept and compared: no space around it, composed, in upper case. The same for what is already so. */
export function normalCode(text: string): string {
  return text.trim().normalize('NFC').toUpperCase().normalize('NFC');
}

/** A code of random signs behind a prefix; every code is as likely as every other. */
export function newCode(randomBytes: RandomBytes, { length, prefix = '' }: { readonly length: number; readonly prefix?: string }): string {
  invariant(length >= codeLengthMin, `Expected at least ${codeLengthMin} random signs, came ${length}.`);
  let signs = '';
  for (let round = 0; signs.length < length; round++) {
    invariant(round < roundsMax, 'Expected random bytes, came bytes that are all too large.');
    signs += signsOf(randomBytes(length));
  }
  return normalCode(prefix) + signs.slice(0, length);
}

/** So many codes, each different. */
export function newCodes(randomBytes: RandomBytes, { count, ...of }: { readonly count: number; readonly length: number; readonly prefix?: string }): string[] {
  const codes = new Set<string>();
  for (let tried = 0; codes.size < count; tried++) {
    invariant(tried < 2 * count + roundsMax, `Expected random bytes, came too few codes for ${count}.`);
    codes.add(newCode(randomBytes, of));
  }
  return [...codes];
}

const roundsMax = 100;
/** Bytes from here on are thrown away, since they would make the first signs likelier. */
const fairBelow = 256 - (256 % codeAlphabet.length);

function signsOf(bytes: Uint8Array): string {
  return [...bytes].filter((byte) => byte < fairBelow).map((byte) => codeAlphabet[byte % codeAlphabet.length]).join('');
}
