import { facetEntry } from '../document/facet-key.js';
import { dictionaryOf, lightStem } from '../document/stems.js';
import { conditionsOf, failedBits, type FacetCondition } from './filter-conditions.js';
import type { CollectionFact, PromotedGoods, PromotionFact, ReadQuery } from './read-query.js';
import type { Filter } from './search-filter.js';
import { pinScore, scoreSql, shownSql, wordlessWeight } from './score-sql.js';
import type { Parameters } from './sql-parts.js';

/** A word in another language than the viewer's. */
const otherLocaleFactor = 0.8;
/** The beginning of a word says less than the whole. */
const prefixFactor = 0.7;
/** CTEs up to `matches`: every document that fits the words, with its score and which facets' conditions it fails. */
export interface Matches {
  readonly ctes: string;
  readonly conditions: readonly FacetCondition[];
}

/** Puts together what finds the documents of a query. Filters are not applied yet: facets count without their own. */
export function matchesOf(read: ReadQuery, filter: Filter, parameters: Parameters): Matches {
  const conditions = conditionsOf(filter, parameters);
  const generation = `${parameters.put(read.generation)}::int`;
  const hasText = read.whole !== '' || read.raw !== '';
  const limits = [...membersOf(filter, read, parameters), shownSql(read.boosts, parameters)].map((limit) => ` and ${limit}`).join('');
  const source = hasText ? `texted t join document d on d.generation = ${generation} and d.id = t.id where` : `document d where d.generation = ${generation} and`;
  const [weight, coverage, best] = hasText ? ['t.text::float8', 't.coverage', 'where d.coverage = (select max(coverage) from documents)'] : [wordlessWeight, '1', ''];
  return {
    conditions,
    ctes: `${hasText ? `${textCtes(read, generation, parameters)},` : ''}
      documents as (select d.*, ${weight} as text, ${coverage} as coverage from ${source} d.is_listed${limits}),
      matches as materialized (select d.*, ${failedBits(conditions)} as failed, (${scoreOf(read, filter, parameters)})::float8 as score from documents d ${best})`,
  };
}

/** A collection of chosen products keeps its order where nobody said a word. */
function scoreOf(read: ReadQuery, { collectionId }: Filter, parameters: Parameters): string {
  const chosen = collectionId && read.collection && !read.collection.rule && read.whole === '';
  if (chosen) return `${pinScore} - array_position(${parameters.put(read.collection.product_ids)}::text[], d.id)`;
  return scoreSql('d.text', read.boosts, parameters);
}

/** SQL that is true of a document `d` that belongs to the collection and the promotion that a filter names. */
export function membersOf(filter: Filter, read: Pick<ReadQuery, 'collection' | 'promotion'>, parameters: Parameters): string[] {
  const collection = filter.collectionId ? [collectionSql(read.collection, parameters)] : [];
  const promotion = filter.promotionId ? [promotionSql(read.promotion, parameters)] : [];
  return [...collection, ...promotion];
}

function collectionSql(collection: CollectionFact | null | undefined, parameters: Parameters): string {
  if (!collection) return 'false';
  const { product_ids: ids, rule } = collection;
  if (!rule) return `d.id = any(${parameters.put(ids)}::text[])`;
  const lists = [rule.tags.map((tag) => facetEntry('tag', tag)), rule.categoryIds.map((id) => facetEntry('category', id)), rule.typeKeys.map((key) => facetEntry('type', key))];
  return lists.filter((list) => list.length > 0).map((list) => `d.facets && ${parameters.put(list)}::text[]`).join(' and ') || 'false';
}

/** True of what one of its alternatives names; nothing is listed where there is none. */
function promotionSql(promotion: PromotionFact | null | undefined, parameters: Parameters): string {
  if (!promotion?.is_running) return 'false';
  const { vendor_ids: vendorIds, product_ids: productIds, category_ids: categoryIds, goods } = promotion;
  const alternatives = goods ?? [{ vendorIds, productIds, categoryIds }];
  return `(${alternatives.map((one) => `(${goodsSql(one, parameters)})`).join(' or ') || 'false'})`;
}

type SomeGoods = { readonly [K in keyof PromotedGoods]?: Readonly<PromotedGoods[K]> };

function goodsSql({ productIds = [], categoryIds = [], vendorIds = [], productTypes = [], attributes = [], excludedProductIds = [], excludedCategoryIds = [] }: SomeGoods, parameters: Parameters): string {
  const products = (ids: readonly string[]): string => `d.id = any(${parameters.put(ids)}::text[])`;
  const facets = (facet: string, values: readonly string[], column = 'facets'): string => `d.${column} && ${parameters.put(values.map((value) => facetEntry(facet, value)))}::text[]`;
  const parts = [
    ...(vendorIds.length > 0 ? [facets('vendor', vendorIds, 'selling_facets')] : []),
    ...(productIds.length > 0 ? [products(productIds)] : []),
    ...(categoryIds.length > 0 ? [facets('category', categoryIds)] : []),
    ...(productTypes.length > 0 ? [facets('type', productTypes)] : []),
    ...attributes.map(({ code, values }) => facets(`attribute.${code}`, values)),
    ...(excludedProductIds.length > 0 ? [`not ${products(excludedProductIds)}`] : []),
    ...(excludedCategoryIds.length > 0 ? [`not ${facets('category', excludedCategoryIds)}`] : []),
  ];
  return parts.join(' and ') || 'true';
}

/**
 * `offset 0` keeps the planner from joining postings as a whole: each term is a few rows of the index.
 * `texted`: each document that some reading finds, with the weight of the words and how many of the reading's it has. A SKU
 * covers more than any words, so that nothing else is found beside it.
 */
function textCtes({ readings, locales, whole, raw }: ReadQuery, generation: string, parameters: Parameters): string {
  const rows = readings.flatMap(({ words, factor, isOpen }, reading) => words.flatMap((word, at) => locales.map((locale, place) => ({
    reading, needed: words.length, at, locale, word, dictionary: dictionaryOf(locale), light: lightStem(locale, word),
    isOpen: isOpen && at === words.length - 1 && word.length > 1, factor: factor * (place === 0 ? 1 : otherLocaleFactor),
  }))));
  const put = (values: readonly unknown[], type: string): string => `${parameters.put(values)}::${type}[]`;
  return `
    asked as materialized (
      select a.*, case when dictionary = 'simple' then light else (ts_lexize(dictionary::regdictionary, word))[1] end as stem
      from unnest(${put(rows.map((r) => r.reading), 'int')}, ${put(rows.map((r) => r.needed), 'int')}, ${put(rows.map((r) => r.at), 'int')}, ${put(rows.map((r) => r.locale), 'text')}, ${put(rows.map((r) => r.word), 'text')},
        ${put(rows.map((r) => r.dictionary), 'text')}, ${put(rows.map((r) => r.light), 'text')}, ${put(rows.map((r) => r.isOpen), 'boolean')}, ${put(rows.map((r) => r.factor), 'float8')})
        as a(reading, needed, at, locale, word, dictionary, light, is_open, factor)
    ), terms as (
      select reading, needed, at, 'x:' || locale || ':' || word as term, factor from asked
      union all select reading, needed, at, kind || ':' || locale || ':' || stem, factor from asked, unnest(array['s', 'e']) kind where stem is not null
      union all select -1, 1, 0, 'q:' || locale || ':' || ${parameters.put(whole)}, 1 from unnest(${put(locales, 'text')}) locale
      union all select -2, 1, 0, 'k:' || ${parameters.put(raw)}, 1
    ), found as (
      select reading, needed, at, id, max(weight) as weight from (
        select t.reading, t.needed, t.at, p.id, p.weight * t.factor as weight from terms t cross join lateral (select id, weight from posting where generation = ${generation} and term = t.term offset 0) p
        union all select a.reading, a.needed, a.at, p.id, p.weight * a.factor * ${prefixFactor} from asked a cross join lateral (
          select id, weight from posting where generation = ${generation} and term >= 'x:' || a.locale || ':' || a.word and term < 'x:' || a.locale || ':' || a.word || chr(1114111) offset 0
        ) p where a.is_open
      ) each group by 1, 2, 3, 4
    ), read as (
      select reading, id, sum(weight) as weight, case reading when -2 then 2 else count(*)::float8 / needed end as coverage from found group by reading, needed, id
    ), texted as (
      select distinct on (id) id, weight as text, coverage from read where coverage >= 0.5 order by id, coverage desc, weight desc
    )`;
}
