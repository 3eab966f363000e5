import { english, type Plural } from './english.js';

/** What can be said. */
export type Word = keyof typeof english;

/** All of it in one language; a sentence that counts in one counts in all. */
export type Words = { readonly [W in Word]: (typeof english)[W] extends Plural ? Plural : string };

/** A word whose name comes from the API, such as of a status; undefined where the API has learnt a new one. */
export function wordFor(area: string, name: string): Word | undefined {
  const word = `${area}.${name}`;
  return word in english ? (word as Word) : undefined;
}
