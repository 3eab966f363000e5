import { synonymPhraseWordsMax, readingsMax } from '../limits.js';
import { editDistance, typoBudget } from './edit-distance.js';

/** A word of a query as the index knows it. */
export interface AskedWord {
  readonly word: string;
  /** It says nothing in the viewer's language, as “of” does. */
  readonly isStop: boolean;
  /** Something is found by it as it stands, or by what it is the beginning of. */
  readonly isKnown: boolean;
  /** Words of the index that look like it, for one that is not known. */
  readonly alike: readonly AlikeWord[];
}

/** A word of the index that somebody may have meant. */
export interface AlikeWord {
  readonly word: string;
  /** In how many documents it is, counted up to some hundred. */
  readonly documents: number;
  /** It is of the viewer's language. */
  readonly isOwn: boolean;
}

/** One way to read a query: all of its words are wanted. */
export interface Reading {
  readonly words: readonly string[];
  readonly factor: number;
  /** The last word may be the beginning of one. */
  readonly isOpen: boolean;
}

/** What a query comes to. */
export interface Readings {
  readonly readings: readonly Reading[];
  /** The words as they are looked for, where some were mistyped. */
  readonly corrected?: string;
}

const synonymFactor = 0.8;
const joinedFactor = 0.9;

/**
 * Reads a query: as it stands with what is mistyped put right, with each synonym in place of what it stands for, and with
 * neighbours written together. `groups` are groups of synonyms, each a list of phrases of compared words.
 */
export function readingsOf(asked: readonly AskedWord[], groups: readonly (readonly string[])[]): Readings {
  const saying = asked.some(({ isStop }) => !isStop) ? asked.filter(({ isStop }) => !isStop) : asked;
  const typed = saying.map(({ word }) => word);
  const synonymous = synonymsIn(typed, groups);
  const words = saying.map((one) => (one.isKnown || synonymous.some(({ replaced }) => replaced.has(one.word)) ? one.word : meant(one)));
  const isCorrected = words.some((word, at) => word !== typed[at]);
  const joined = words.slice(0, -1).map((word, at) => ({ words: [...words.slice(0, at), word + (words[at + 1] ?? ''), ...words.slice(at + 2)], factor: joinedFactor, isOpen: true }));
  const readings = [{ words, factor: 1, isOpen: true }, ...synonymous.map(({ words: instead }) => ({ words: instead, factor: synonymFactor, isOpen: false })), ...joined];
  return { readings: readings.slice(0, readingsMax), corrected: isCorrected ? words.join(' ') : undefined };
}

/** The word that was meant: of those within the budget the nearest, of the viewer's language, then the most frequent. */
function meant({ word, alike }: AskedWord): string {
  const budget = typoBudget(word);
  const near = alike.map((one) => ({ ...one, distance: editDistance(word, one.word, budget) })).filter(({ distance }) => distance <= budget);
  const [best] = near.sort((a, b) => a.distance - b.distance || Number(b.isOwn) - Number(a.isOwn) || b.documents - a.documents || (a.word < b.word ? -1 : 1));
  return best?.word ?? word;
}

interface Replaced {
  readonly words: readonly string[];
  readonly replaced: ReadonlySet<string>;
}

function synonymsIn(words: readonly string[], groups: readonly (readonly string[])[]): Replaced[] {
  return phrasesOf(words).flatMap(({ from, phrase, length }) => groups.filter((group) => group.includes(phrase)).flatMap((group) => group.filter((other) => other !== phrase).map((other) => ({
    words: [...words.slice(0, from), ...other.split(' '), ...words.slice(from + length)], replaced: new Set(words.slice(from, from + length)),
  }))));
}

/** Every run of a few words, the longest first. */
export function phrasesOf(words: readonly string[]): { readonly from: number; readonly length: number; readonly phrase: string }[] {
  const lengths = Array.from({ length: Math.min(synonymPhraseWordsMax, words.length) }, (_, at) => at + 1).reverse();
  return lengths.flatMap((length) => words.slice(0, words.length - length + 1).map((_, from) => ({ from, length, phrase: words.slice(from, from + length).join(' ') })));
}
