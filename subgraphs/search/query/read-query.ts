import type { promotedGoods } from '@haat/schema/events/pricing';
import type { z } from 'zod';
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

/** Goods of a promotion: every list that is not empty must hold by one of its values. */
export type PromotedGoods = z.infer<typeof promotedGoods>;

/** A promotion as pricing said it. */
export interface PromotionFact {
  readonly is_running: boolean;
  readonly vendor_ids: readonly string[];
  readonly product_ids: readonly string[];
  readonly category_ids: readonly string[];
  /** What it is given on, as alternatives; null where only the three lists were said. */
  readonly goods: readonly PromotedGoods[] | null;
}

/**
 * Reads a query by one statement: what the index knows of its words, synonyms, boosts, and what the filter names. Where no
 * word is known by itself, one more finds what was meant.
 */
export async function readQuery(ctx: SearchContext, text: string, filter: Filter): Promise<ReadQuery> {
  const words = wordsOf(text).slice(0, queryWordsMax);
  const locales = localesOf(ctx);
  const asked = words.flatMap((word, n) => locales.map((locale) => ({ n, word, locale })));
  const rules = [words.join(' '), filter.categoryIds ?? [], filter.collectionId ?? null, filter.promotionId ?? null];
  const [row]: Row[] = words.length === 0 ? await ctx.db.query(rulesSql, rules) : await ctx.db.query(wordsSql, [
    ...rules, asked.map((a) => a.n), asked.map((a) => a.locale), asked.map((a) => a.word), asked.map((a) => dictionaryOf(a.locale)), asked.map((a) => lightStem(a.locale, a.word)), words.length - 1,
    phrasesOf(words).map(({ phrase }) => phrase), locales,
  ]);
  const { generation = 1, known, groups, boosts, collection, promotion } = row ?? {};
  const unknown = words.flatMap((word, n) => (known?.some((one) => one.n === n && one.is_known) ? [] : [{ n, word }]));
  const alike = unknown.length === 0 ? [] : await findAlike(ctx, generation, { unknown, locales });
  return {
    ...readingsOf(askedWords(words, locales, { known: known ?? [], alike }), groups ?? []),
    generation, locales, whole: wholeOf(text), raw: text.normalize('NFKC').toLowerCase().trim(), boosts: boosts ?? [], collection, promotion,
  };
}

function findAlike(ctx: SearchContext, generation: number, { unknown, locales }: { readonly unknown: readonly { readonly n: number; readonly word: string }[]; readonly locales: readonly string[] }): Promise<AlikeRow[]> {
  const grams = unknown.flatMap(({ n, word }) => gramsOf(word).map((gram) => ({ n, gram, length: [...word].length })));
  return ctx.db.query(alikeSql, [generation, locales, grams.map((g) => g.n), grams.map((g) => g.gram), grams.map((g) => g.length)]);
}

/** The viewer's own language, and its plain form. */
export function ownLocales({ locale }: SearchContext): string[] {
  return [...new Set([locale, plainLocale(locale)])];
}

/** The languages of a marketplace as documents have them, the viewer's first. */
export function localesOf({ locale, tenant }: SearchContext): string[] {
  return [...new Set([locale, plainLocale(locale), ...tenant.locales, ...tenant.locales.map(plainLocale)])].slice(0, localesMax);
}

interface AlikeRow {
  readonly n: number;
  readonly locale: string;
  readonly word: string;
  readonly documents: number;
}

interface Row {
  readonly generation: number;
  readonly known: readonly { n: number; locale: string; is_stop: boolean; is_known: boolean }[] | null;
  readonly groups: readonly (readonly string[])[] | null;
  readonly boosts: readonly AppliedBoost[] | null;
  readonly collection: CollectionFact | null;
  readonly promotion: PromotionFact | null;
}

function askedWords(words: readonly string[], [own = '', plain = own]: readonly string[], found: { known: NonNullable<Row['known']>; alike: readonly AlikeRow[] }): AskedWord[] {
  const isOwn = (locale: string): boolean => locale === own || locale === plainLocale(own) || (locale === plain && plainLocale(plain) === plainLocale(own));
  return words.map((word, at) => {
    const known = found.known.filter(({ n }) => n === at);
    return {
      word, isStop: known.some(({ is_stop, locale }) => is_stop && isOwn(locale)), isKnown: known.some(({ is_known }) => is_known),
      alike: found.alike.filter(({ n }) => n === at).map((one) => ({ word: one.word, documents: one.documents, isOwn: isOwn(one.locale) })),
    };
  });
}

/** What staff says of the query `$1` in the categories `$2`, the collection `$3` and the promotion `$4`. */
const rules = `
  (select jsonb_agg(jsonb_build_object('id', id, 'action', action, 'target', target, 'factor', factor, 'position', position, 'categoryId', category_id) order by id)
    from boost where (query is null or query = $1) and (category_id is null or category_id = any($2::text[]))) as boosts,
  (select jsonb_build_object('product_ids', product_ids, 'rule', rule) from collection_fact where id = $3) as collection,
  (select jsonb_build_object('is_running', is_running, 'vendor_ids', vendor_ids, 'product_ids', product_ids, 'category_ids', category_ids, 'goods', goods) from promotion_fact where id = $4) as promotion`;

const rulesSql = `select ${liveGeneration} as generation, ${rules}`;

const wordsSql = `
  with live as materialized (select ${liveGeneration} as number),
  asked as materialized (
    select a.*, case when dictionary = 'simple' then light else (ts_lexize(dictionary::regdictionary, word))[1] end as stem, coalesce(ts_lexize(dictionary::regdictionary, word) = '{}', false) as is_stop
    from unnest($5::int[], $6::text[], $7::text[], $8::text[], $9::text[]) as a(n, locale, word, dictionary, light)
  ), known as (
    select n, locale, is_stop, is_stop or exists (
      select from posting where generation = (select number from live) and term in ('x:' || locale || ':' || word, 's:' || locale || ':' || stem, 'e:' || locale || ':' || stem)
    ) or n = $10 and exists (select from posting where generation = (select number from live) and term >= 'x:' || locale || ':' || word and term < 'x:' || locale || ':' || word || chr(1114111)) as is_known
    from asked
  )
  select (select number from live) as generation, (select jsonb_agg(to_jsonb(k)) from known k) as known,
    (select jsonb_agg(words) from synonym_group where locale = any($12) and words && $11::text[]) as groups, ${rules}`;

/** Words that share the most pieces with an unknown one, and are in a document. */
const alikeSql = `
  select n, locale, word, documents from (
    select n, locale, word, (select count(*)::int from (select from posting where generation = $1 and term = 'x:' || locale || ':' || c.word limit ${frequencyMax}) x) as documents from (
      select q.n, g.locale, g.word, row_number() over (partition by q.n order by count(*) desc, abs(length(g.word) - q.length), g.word) as place
      from unnest($3::int[], $4::text[], $5::int[]) as q(n, gram, length) join word_gram g on g.locale = any($2) and g.gram = q.gram group by q.n, q.length, g.locale, g.word
    ) c where place <= ${alikeMax}
  ) a where documents > 0`;
