import { z } from 'zod';

/** Entries of a list in an input at most. */
export const inputListMax = 250;

/** Characters of an id: the longest prefix and a UUID fit. */
export const idCharactersMax = 64;

/** Characters of what somebody searches by. */
export const searchCharactersMax = 100;

/** Characters of a reason or note. */
export const noteCharactersMax = 500;

/** Characters of an `idempotencyKey`. */
export const idempotencyKeyCharactersMax = 255;

/** A line of text: trimmed, normalised (NFC), from 1 to `charactersMax` characters, none of them a control character or half of one. */
export function lineOf(charactersMax: number): z.ZodType<string> {
  return cleaned(charactersMax, /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, 'expected one line without control characters');
}

/** Text of several lines: as {@link lineOf}, with line breaks and tabs. Postgres keeps no NUL, so none gets that far. */
export function textOf(charactersMax: number): z.ZodType<string> {
  return cleaned(charactersMax, /^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u, 'expected text without control characters');
}

/** A list in an input: at most `entriesMax` entries, {@link inputListMax} where nothing is said. */
export function listOf<T>(entry: z.ZodType<T>, entriesMax: number = inputListMax): z.ZodType<T[]> {
  return z.array(entry).max(entriesMax, `expected at most ${entriesMax} entries`);
}

/** An id in an input, of whatever noun. One that cannot exist is treated as one that does not. */
export const idText = z.string().min(1).max(idCharactersMax).refine((id) => id.isWellFormed(), 'expected whole characters');

/** The client's key of one effect. */
export const idempotencyKeyText = z.string().min(1).max(idempotencyKeyCharactersMax).regex(/^[\x20-\x7e]+$/, 'expected printable ASCII');

function cleaned(charactersMax: number, allowed: RegExp, expected: string): z.ZodType<string> {
  const rule = z.string().min(1, 'expected some text').max(charactersMax, `expected at most ${charactersMax} characters`).regex(allowed, expected);
  // Cut off before it is worked on: normalising may shorten a text, but never by more than this.
  return z.string().max(charactersMax * 3).transform((text) => text.replaceAll('\r\n', '\n').normalize('NFC').trim()).pipe(rule);
}
