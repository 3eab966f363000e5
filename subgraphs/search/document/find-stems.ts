import type { EntityManager } from 'typeorm';
import type { StemOf } from './postings.js';
import type { WeightedWord } from './document.js';
import { dictionaryOf, lightStem } from './stems.js';

/** The stems of many words, by one statement. */
export async function findStems(db: EntityManager, words: readonly Pick<WeightedWord, 'locale' | 'word'>[]): Promise<StemOf> {
  const keys = new Map(words.map(({ locale, word }) => [`${locale} ${word}`, { locale, word }]));
  const asked = [...keys.values()].filter(({ locale }) => dictionaryOf(locale) !== 'simple');
  const rows: { locale: string; word: string; lexemes: string[] | null }[] = asked.length === 0 ? [] : await db.query(
    'select locale, word, ts_lexize(dictionary::regdictionary, word) as lexemes from unnest($1::text[], $2::text[], $3::text[]) as a(locale, word, dictionary)',
    [asked.map((a) => a.locale), asked.map((a) => a.word), asked.map((a) => dictionaryOf(a.locale))],
  );
  const found = new Map(rows.map(({ locale, word, lexemes }) => [`${locale} ${word}`, lexemes]));
  return (locale, word) => {
    const lexemes = found.get(`${locale} ${word}`);
    return lexemes ? lexemes[0] : lightStem(locale, word);
  };
}
