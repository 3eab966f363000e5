import { bengali } from './bengali.js';
import { english, type Plural } from './english.js';
import { wordFor, type Word, type Words } from './words.js';

/** The languages of the page, by BCP 47. */
export const languages = ['en', 'bn'] as const;
/** One of them. */
export type Language = (typeof languages)[number];

/** What each is called in itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', bn: 'বাংলা' };

/** An amount as the API has it: the number as a text, so that none is too large. */
export interface MoneyShown {
  readonly currency: string;
  readonly decimal: string;
}

/** How the page talks in one language. */
export interface Speech {
  readonly language: Language;
  /** With the region whose digits and dates are meant. */
  readonly locale: string;
  /** Says it with values put in; numbers are written as the language writes them. */
  say(word: Word, values?: Readonly<Record<string, string | number>>): string;
  /** A word whose name comes from the API; the name itself where there is no word for it. */
  sayNamed(area: string, name: string): string;
  money(amount: MoneyShown): string;
  count(value: number): string;
  /** Day and time of a moment in RFC 3339. */
  moment(iso: string): string;
  /** A country by its ISO 3166-1 code. */
  country(code: string): string;
  /** The time of day of a moment. */
  time(at: Date): string;
}

const tables: Readonly<Record<Language, Words>> = { en: english, bn: bengali };
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', bn: 'bn-BD' };

/** Makes it. Times are in the zone of the device, or the one that is named. */
export function speechIn(language: Language, timeZone?: string): Speech {
  const locale = locales[language];
  const plural = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone });
  const say: Speech['say'] = (word, values = {}) => filled(sentenceOf(tables[language][word], values['count'], plural), values, numbers);
  return {
    language, locale, say,
    sayNamed(area, name) {
      const word = wordFor(area, name);
      return word ? say(word) : name;
    },
    money: ({ currency, decimal }) => new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(decimal as `${number}`),
    count: (value) => numbers.format(value),
    country: (code) => countries.of(code) ?? code,
    moment: (iso) => moments.format(new Date(iso)),
    time: (at) => times.format(at),
  };
}

/** The first language among those somebody likes that the page speaks; English where there is none. */
export function languageAmong(liked: readonly (string | null | undefined)[]): Language {
  const plain = liked.map((locale) => locale?.toLowerCase().split('-')[0]);
  return languages.find((language) => language === plain.find((one) => languages.some((known) => known === one))) ?? 'en';
}

function sentenceOf(entry: string | Plural, count: unknown, plural: Intl.PluralRules): string {
  if (typeof entry === 'string') return entry;
  return typeof count === 'number' && plural.select(count) === 'one' ? entry.one : entry.other;
}

function filled(sentence: string, values: Readonly<Record<string, string | number>>, numbers: Intl.NumberFormat): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? numbers.format(value) : (value ?? hole);
  });
}
