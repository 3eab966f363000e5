/** Characters of a word's beginning that is kept: shorter ones find too much, and behind the longest words are told apart. */
const beginningMin = 2;
const beginningMax = 16;
/** Tokens of a product at most; SKUs come first. */
const tokensMax = 600;

/** What staff finds a product by: whole SKUs, and the beginnings of its titles' words. */
export function searchTokensOf(product: { readonly texts: Readonly<Record<string, { readonly title: string }>>; readonly variants: readonly { readonly sku: string }[] }): string[] {
  const skus = product.variants.map(({ sku }) => sku.toLowerCase());
  const words = Object.values(product.texts).flatMap(({ title }) => wordsOf(title));
  return [...new Set([...skus, ...words.flatMap(beginningsOf)])].slice(0, tokensMax);
}

/** The token that a search text asks for; undefined where it is too short to. */
export function searchTokenOf(text: string): string | undefined {
  const whole = text.normalize('NFKC').toLowerCase().trim();
  const longest = wordsOf(whole).toSorted((a, b) => b.length - a.length)[0];
  const token = /[\s]/.test(whole) || longest === whole ? longest?.slice(0, beginningMax) : whole;
  return token && token.length >= beginningMin ? token : undefined;
}

function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function beginningsOf(word: string): string[] {
  const ends = Math.min(word.length, beginningMax);
  return Array.from({ length: Math.max(0, ends - beginningMin + 1) }, (_, at) => word.slice(0, beginningMin + at));
}
