/** Characters of a word's beginning that is kept: shorter ones find too much, and behind the longest words are told apart. */
const beginningMin = 2;
const beginningMax = 16;
/** Tokens of a product at most; SKUs come first. */
const tokensMax = 600;
/** Words that are looked for at once. */
const wordsMax = 8;

/** What staff finds a product by: whole SKUs, and the beginnings of its titles' words. */
export function searchTokensOf(product: { readonly texts: Readonly<Record<string, { readonly title: string }>>; readonly variants: readonly { readonly sku: string }[] }): string[] {
  const skus = product.variants.map(({ sku }) => sku.toLowerCase());
  const words = Object.values(product.texts).flatMap(({ title }) => wordsOf(title));
  return [...new Set([...skus, ...words.flatMap(beginningsOf)])].slice(0, tokensMax);
}

/** Tokens that a search text asks for, all of which a product must have: whole where it may be a SKU, else each word's beginning. */
export function searchedTokensOf(text: string): string[] {
  const whole = text.normalize('NFKC').toLowerCase().trim();
  const words = wordsOf(whole);
  if (!/\s/.test(whole) && words[0] !== whole) return [whole];
  const found = [...new Set(words.filter(({ length }) => length >= beginningMin).map((word) => word.slice(0, beginningMax)))].slice(0, wordsMax);
  return found.length > 0 ? found : [whole];
}

function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function beginningsOf(word: string): string[] {
  const ends = Math.min(word.length, beginningMax);
  return Array.from({ length: Math.max(0, ends - beginningMin + 1) }, (_, at) => word.slice(0, beginningMin + at));
}
