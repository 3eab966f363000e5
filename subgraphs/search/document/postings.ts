import { termKinds, wholeTitleOf, type IndexDocument, type WeightedWord } from './document.js';
import { productTermsMax } from '../limits.js';
import { compoundEnds } from './stems.js';

/** By what a product is found, and how well that says what it is. */
export interface Posting {
  readonly term: string;
  readonly weight: number;
}

/** The stem of a word, or undefined where it is a word like “of” that finds nothing. */
export type StemOf = (locale: string, word: string) => string | undefined;

/** A stem says a little less than the word itself, the end of a compound much less. */
const stemShare = 0.9;
const endShare = 0.5;
/** Compounds in long texts are left whole: their ends would find everything. */
const endWeightMin = 2;

/** All terms of a document, each once with the most it weighs; at most {@link productTermsMax}, the heaviest. */
export function postingsOf(document: IndexDocument, stemOf: StemOf): Posting[] {
  const found = new Map<string, number>();
  const put = (term: string, weight: number): void => void found.set(term, Math.max(weight, found.get(term) ?? 0));
  for (const term of document.terms) put(term, wordWeight);
  for (const text of document.texts) {
    const { term, weight } = wholeTitleOf(text);
    put(term, weight);
  }
  for (const word of document.words) for (const { term, weight } of ofWord(word, stemOf)) put(term, weight);
  const all = [...found].map(([term, weight]) => ({ term, weight }));
  return all.length <= productTermsMax ? all : all.toSorted((a, b) => b.weight - a.weight).slice(0, productTermsMax);
}

/** What a term weighs that is no word. */
const wordWeight = 10;

function ofWord({ locale, word, weight }: WeightedWord, stemOf: StemOf): Posting[] {
  const stem = stemOf(locale, word);
  const exact = { term: `${termKinds.exact}:${locale}:${word}`, weight };
  if (stem === undefined) return [exact];
  const ends = weight >= endWeightMin ? compoundEnds(locale, stem) : [];
  return [exact, { term: `${termKinds.stem}:${locale}:${stem}`, weight: weight * stemShare }, ...ends.map((end) => ({ term: `${termKinds.end}:${locale}:${end}`, weight: weight * endShare }))];
}
