import { plainLocale } from './words.js';

/** Postgres' own stemmers, by language. */
const dictionaries: Readonly<Record<string, string>> = {
  ar: 'arabic_stem', da: 'danish_stem', de: 'german_stem', en: 'english_stem', es: 'spanish_stem', fi: 'finnish_stem', fr: 'french_stem', hi: 'hindi_stem', it: 'italian_stem',
  nb: 'norwegian_stem', nl: 'dutch_stem', no: 'norwegian_stem', pt: 'portuguese_stem', sv: 'swedish_stem', tr: 'turkish_stem',
};

/** Languages whose nouns are written together, the last one saying what it is: a “taklampa” is a “lampa”. */
const compounding = new Set(['da', 'de', 'nb', 'nl', 'no', 'sv']);
const compoundEndMin = 4;

/** Endings of Bengali nouns, the longest first: plural and definite, then case. */
const bengaliEndings = ['গুলোর', 'গুলোকে', 'গুলো', 'গুলির', 'গুলি', 'দের', 'টির', 'টার', 'টিকে', 'খানা', 'খানি', 'য়ের', 'টি', 'টা', 'ের', 'কে', 'তে', 'রা', 'য়', 'র', 'ে'].map((ending) => ending.normalize('NFKC'));
const bengaliStemMin = 2;

/** The Postgres dictionary of a language; `simple` where there is none. */
export function dictionaryOf(locale: string): string {
  return dictionaries[plainLocale(locale)] ?? 'simple';
}

/** A word without its ending, in languages of which Postgres knows none: Bengali. Others stay as they are. */
export function lightStem(locale: string, word: string): string {
  if (plainLocale(locale) !== 'bn') return word;
  const ending = bengaliEndings.find((one) => word.endsWith(one) && [...word].length - [...one].length >= bengaliStemMin);
  return ending === undefined ? word : word.slice(0, -ending.length);
}

/** The ends of a stem by which a compound is found as well, where the language makes them. */
export function compoundEnds(locale: string, stem: string): string[] {
  if (!compounding.has(plainLocale(locale))) return [];
  return Array.from({ length: Math.max(0, stem.length - compoundEndMin) }, (_, at) => stem.slice(at + 1)).filter((end) => end.length >= compoundEndMin);
}
