/** Characters of a word that count; what is behind them tells no words apart. */
const wordCharactersMax = 40;

/**
 * A text's words as they are compared: NFKC in lower case, without the joiners that Bengali is typed with or without, and
 * without the English possessive.
 */
export function wordsOf(text: string): string[] {
  return folded(text).match(/[\p{L}\p{M}\p{N}]+/gu)?.map((word) => word.slice(0, wordCharactersMax)) ?? [];
}

/** A text as whole titles and numbers are compared. */
export function wholeOf(text: string): string {
  return wordsOf(text).join(' ');
}

/** A text as a list by title is ordered by code point: in Swedish å, ä and ö stand behind z, in that order. */
export function orderOf(text: string, locale: string): string {
  const whole = text.normalize('NFKC').toLowerCase().trim();
  return plainLocale(locale) === 'sv' ? whole.replaceAll('å', '{').replaceAll('ä', '|').replaceAll('ö', '}') : whole;
}

/** `en` for `en-GB`. */
export function plainLocale(locale: string): string {
  return locale.split('-')[0] ?? locale;
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\u200c\u200d]/g, '').replace(/['’]s?(?![\p{L}\p{M}])/gu, ' ').replace(/['’]/g, '');
}
