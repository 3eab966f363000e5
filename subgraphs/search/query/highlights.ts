import { wordsOf } from '../document/words.js';
import { Highlight, HighlightPart } from './search-hit.js';
import type { Reading } from './readings.js';

/** Characters of a long text that are shown before and behind its first find. */
const aroundCharacters = 80;
/** How much of a word must be the same: all but its last characters, and no fewer than these. */
const endingCharacters = 2;
const sameCharactersMin = 3;

/** Where in the texts of a product the words of a query are. Nothing where it was found by something else, such as its SKU. */
export function highlightsOf(texts: readonly { readonly field: string; readonly text: string | null | undefined }[], readings: readonly Reading[]): Highlight[] {
  const words = [...new Set(readings.flatMap((reading) => reading.words))];
  return texts.flatMap(({ field, text }) => {
    if (!text) return [];
    const parts = partsOf(text, words);
    return parts.some(({ isMatch }) => isMatch) ? [Object.assign(new Highlight(), { field, parts: around(parts) })] : [];
  });
}

function partsOf(text: string, words: readonly string[]): HighlightPart[] {
  const parts: HighlightPart[] = [];
  for (const piece of text.split(/([\p{L}\p{M}\p{N}\u200c\u200d]+)/u).filter((one) => one !== '')) {
    const isMatch = wordsOf(piece).some((word) => words.some((wanted) => isAlike(word, wanted)));
    const last = parts.at(-1);
    if (last && last.isMatch === isMatch) last.text += piece;
    else parts.push(Object.assign(new HighlightPart(), { text: piece, isMatch }));
  }
  return parts;
}

/** The same word, its beginning, or the word with another ending. */
function isAlike(word: string, wanted: string): boolean {
  if (word === wanted || (wanted.length > 1 && word.startsWith(wanted))) return true;
  const same = Math.max(sameCharactersMin, wanted.length - endingCharacters);
  return wanted.length > sameCharactersMin && word.length <= wanted.length + endingCharacters && word.startsWith(wanted.slice(0, same));
}

/** Cuts what is far from the first find. */
function around(parts: readonly HighlightPart[]): HighlightPart[] {
  const at = parts.findIndex(({ isMatch }) => isMatch);
  const before = parts[at - 1];
  const kept: HighlightPart[] = before ? [Object.assign(new HighlightPart(), { isMatch: false, text: tail(before.text) })] : [];
  let length = 0;
  for (const part of parts.slice(at)) {
    if (length > 2 * aroundCharacters) break;
    kept.push(part.isMatch || length + part.text.length <= 3 * aroundCharacters ? part : Object.assign(new HighlightPart(), { isMatch: false, text: `${part.text.slice(0, aroundCharacters)}…` }));
    length += part.text.length;
  }
  return kept;
}

function tail(text: string): string {
  return text.length <= aroundCharacters ? text : `…${text.slice(-aroundCharacters)}`;
}
