import type { SearchContext } from '../context.js';
import { liveGeneration } from '../document/generations.js';
import { gramsOf } from '../document/grams.js';
import { dictionaryOf, lightStem } from '../document/stems.js';
import { plainLocale, wholeOf, wordsOf } from '../document/words.js';
import { queryWordsMax } from '../limits.js';
import { phrasesOf, readingsOf, type AskedWord, type Readings } from './readings.js';
import type { Filter } from './search-filter.js';

/** Words that look like a mistyped one and are weighed, for each. */
const alikeMax = 40;
/** From here on one word is as frequent as another. */
const frequencyMax = 100;
/** Languages that a query is read in. */
const localesMax = 8;

/** A boost of staff that applies. */
export interface AppliedBoost {
  readonly id: string;
  readonly action: 'BOOST' | 'PIN' | 'HIDE';
  /** A facet's entry, or that of one product. */
  readonly target: string;
  readonly factor: number;
  readonly position: number | null;
  /** The category on whose page it applies; null on all. */
  readonly categoryId: string | null;
}

/** A list of products, or by what a product belongs to it. */
export interface Members {
  readonly productIds: readonly string[];
  /** Entries of facets, one of each list that is not empty. Null where only the products named belong. */
  readonly anyOf: readonly (readonly string[])[] | null;
}

/** A query as it is put to the index. */
export interface ReadQuery extends Readings {
  readonly generation: number;
  readonly whole: string;
  readonly raw: string;
  /** Viewer's language first. */
  readonly locales: readonly string[];
  readonly boosts: readonly AppliedBoost[];
  readonly collection?: CollectionFact | null;
  readonly promotion?: PromotionFact | null;
}

/** A collection as catalog said it. */
export interface CollectionFact {
  readonly product_ids: readonly string[];
  readonly rule: { readonly tags: string[]; readonly categoryIds: string[]; readonly typeKeys: string[] } | null;
}

/** A promotion as pricing said it. */
export interface PromotionFact {
  readonly is_running: boolean;
  readonly vendor_ids: readonly string[];
  readonly product_ids: readonly string[];
  readonly category_ids: readonly string[];
}

/** Reads a query by one statement: what the index knows of its words, synonyms, boosts, and what the filter names. */
export async function readQuery(ctx: SearchContext, text: string, filter: Filter): Promise<ReadQuery> {
  const words = wordsOf(text).slice(0, queryWordsMax);
  const locales = localesOf(ctx);
  const asked = words.flatMap((word, n) => locales.map((locale) => ({ n, word, locale })));
  const grams = words.flatMap((word, n) => gramsOf(word).map((gram) => ({ n, gram })));
  const [row]: Row[] = await ctx.db.query(sql, [
    asked.map((a) => a.n), asked.map((a) => a.locale), asked.map((a) => a.word), asked.map((a) => dictionaryOf(a.locale)), asked.map((a) => lightStem(a.locale, a.word)), words.length - 1,
    grams.map((g) => g.n), grams.map((g) => g.gram), phrasesOf(words).map(({ phrase }) => phrase), locales, words.join(' '), filter.categoryIds ?? [], filter.collectionId ?? null, filter.promotionId ?? null,
  ]);
  const { generation = 1, known, alike, groups, boosts, collection, promotion } = row ?? {};
  return {
    ...readingsOf(askedWords(words, locales, { known: known ?? [], alike: alike ?? [] }), groups ?? []),
    generation, locales, whole: wholeOf(text), raw: text.normalize('NFKC').toLowerCase().trim(), boosts: boosts ?? [], collection, promotion,
  };
}

/** The viewer's own language, and its plain form. */
export function ownLocales({ locale }: SearchContext): string[] {
  return [...new Set([locale, plainLocale(locale)])];
}

/** The languages of a marketplace as documents have them, the viewer's first. */
export function localesOf({ locale, tenant }: SearchContext): string[] {
  return [...new Set([locale, plainLocale(locale), ...tenant.locales, ...tenant.locales.map(plainLocale)])].slice(0, localesMax);
}

interface Row {
  readonly generation: number;
  readonly known: readonly { n: number; locale: string; is_stop: boolean; is_known: boolean }[] | null;
  readonly alike: readonly { n: number; locale: string; word: string; documents: number }[] | null;
  readonly groups: readonly (readonly string[])[] | null;
  readonly boosts: readonly AppliedBoost[] | null;
  readonly collection: CollectionFact | null;
  readonly promotion: PromotionFact | null;
}

function askedWords(words: readonly string[], [own = '', plain = own]: readonly string[], found: { known: NonNullable<Row['known']>; alike: NonNullable<Row['alike']> }): AskedWord[] {
  const isOwn = (locale: string): boolean => locale === own || locale === plainLocale(own) || (locale === plain && plainLocale(plain) === plainLocale(own));
  return words.map((word, at) => {
    const known = found.known.filter(({ n }) => n === at);
    return {
      word, isStop: known.some(({ is_stop, locale }) => is_stop && isOwn(locale)), isKnown: known.some(({ is_known }) => is_known),
      alike: found.alike.filter(({ n }) => n === at).map((one) => ({ word: one.word, documents: one.documents, isOwn: isOwn(one.locale) })),
    };
  });
}

const sql = `
  with live as materialized (select ${liveGeneration} as number),
  asked as materialized (
    select a.*, case when dictionary = 'simple' then light else (ts_lexize(dictionary::regdictionary, word))[1] end as stem, ts_lexize(dictionary::regdictionary, word) = '{}' as is_stop
    from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[]) as a(n, locale, word, dictionary, light)
  ), known as materialized (
    select n, locale, word, coalesce(is_stop, false) as is_stop, is_stop or exists (
      select from posting p, live where p.generation = live.number and p.term in ('x:' || locale || ':' || word, 's:' || locale || ':' || stem, 'e:' || locale || ':' || stem)
    ) or n = $6 and exists (select from posting p, live where p.generation = live.number and p.term >= 'x:' || locale || ':' || word and p.term < 'x:' || locale || ':' || word || chr(1114111)) as is_known
    from asked
  ), alike as (
    select n, locale, word, (select count(*)::int from (select from posting p, live where p.generation = live.number and p.term = 'x:' || locale || ':' || c.word limit ${frequencyMax}) x) as documents
    from (
      select a.n, a.locale, g.word, row_number() over (partition by a.n order by count(*) desc, abs(length(g.word) - length(a.word)), g.word) as place
      from asked a join unnest($7::int[], $8::text[]) as q(n, gram) on q.n = a.n join word_gram g on g.locale = a.locale and g.gram = q.gram
      where a.n in (select n from known group by n having not bool_or(is_known)) group by a.n, a.locale, a.word, g.word
    ) c where place <= ${alikeMax}
  )
  select (select number from live) as generation,
    (select jsonb_agg(to_jsonb(k)) from known k) as known,
    (select jsonb_agg(to_jsonb(a)) from alike a where documents > 0) as alike,
    (select jsonb_agg(words) from synonym_group where locale = any($10) and words && $9::text[]) as groups,
    (select jsonb_agg(jsonb_build_object('id', id, 'action', action, 'target', target, 'factor', factor, 'position', position, 'categoryId', category_id) order by id)
      from boost where (query is null or query = $11) and (category_id is null or category_id = any($12::text[]))) as boosts,
    (select jsonb_build_object('product_ids', product_ids, 'rule', rule) from collection_fact where id = $13) as collection,
    (select jsonb_build_object('is_running', is_running, 'vendor_ids', vendor_ids, 'product_ids', product_ids, 'category_ids', category_ids) from promotion_fact where id = $14) as promotion`;
