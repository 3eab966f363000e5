import { parsed } from '@haat/kit/input';
import type { Page, PageArgs } from '@haat/kit/page';
import { cursorsOf } from '@haat/kit/page-cursor';
import { pageFrom } from '@haat/kit/page-of';
import { pageRange, type PageRange } from '@haat/kit/page-range';
import type { SearchContext } from '../context.js';
import { Product, productColumns, type ProductFields } from '../product/product.js';
import { conditionsOf, failedBits } from '../query/filter-conditions.js';
import { membersOf } from '../query/matches-sql.js';
import { ownLocales, readQuery, type ReadQuery } from '../query/read-query.js';
import { pinScore, scoreSql, shownSql, wordlessWeight } from '../query/score-sql.js';
import { filterRules, SearchSort, type Filter, type SearchFilter } from '../query/search-filter.js';
import { behindSql, orderSql, sortKeys, textSql } from '../query/sort-keys.js';
import { Parameters } from '../query/sql-parts.js';

/** What somebody asks of lists of one kind. */
export interface ListingWish {
  readonly kind: 'category' | 'collection';
  readonly page: Pick<PageArgs, 'first' | 'after'>;
  readonly filter?: SearchFilter | null;
  readonly sort?: SearchSort | null;
}

interface ListRow extends ProductFields {
  readonly scope: string;
  readonly key: string;
}

/**
 * The products of many categories or collections, a page of each, by two statements however many they are. The first reads
 * which generation and boosts apply; in it a category's postings lead to its products.
 */
export async function listProducts(ctx: SearchContext, ids: readonly string[], wish: ListingWish): Promise<Map<string, Page<Product>>> {
  const range = pageRange(wish.page);
  const filter = parsed(filterRules, wish.filter ?? {}, ['filter']);
  const sort = wish.sort ?? SearchSort.RELEVANCE;
  const cursorsFor = (id: string) => cursorsOf({ tenantId: ctx.tenant.id, list: `${wish.kind} ${id} ${sort} ${JSON.stringify(filter)}` });
  const position = range.cursor ? cursorsFor(ids[0] ?? '').read(range) : undefined;
  const plan = await readQuery(ctx, '', { ...filter, categoryIds: ids.slice() });
  const { sql, parameters } = listSql(ctx, { ids, wish, filter, sort, range, position, plan });
  const rows: ListRow[] = await ctx.db.query(sql, parameters.values);
  const byScope = Map.groupBy(rows, ({ scope }) => scope);
  return new Map(ids.map((id) => {
    const cursors = cursorsFor(id);
    const { edges, nodes, pageInfo } = pageFrom(byScope.get(id) ?? [], range, (row) => cursors.write([row.key, row.id]));
    const products = new Map(nodes.map((row) => [row.id, Product.of(row)]));
    const productOf = (row: ListRow): Product => products.get(row.id) ?? Product.of(row);
    return [id, { edges: edges.map(({ cursor, node }) => ({ cursor, node: productOf(node) })), nodes: nodes.map(productOf), pageInfo }];
  }));
}

interface ListAsked {
  /** Which generation, and what staff says here. */
  readonly plan: ReadQuery;
  readonly ids: readonly string[];
  readonly wish: ListingWish;
  readonly filter: Filter;
  readonly sort: SearchSort;
  readonly range: PageRange;
  readonly position: readonly string[] | undefined;
}

function listSql(ctx: SearchContext, { ids, wish, filter, sort, range, position, plan }: ListAsked): { sql: string; parameters: Parameters } {
  const parameters = new Parameters();
  const { boosts } = plan;
  const generation = `${parameters.put(plan.generation)}::int`;
  const scopes = wish.kind === 'category' ? `unnest(${parameters.put(ids)}::text[]) as s(id)` : `(select id, product_ids, rule from collection_fact where id = any(${parameters.put(ids)})) s`;
  const [key, id] = position ?? [];
  const sortKey = sortKeys[sort];
  const behind = position ? `and ${behindSql(sortKey, { key: parameters.put(key), id: parameters.put(id) })}` : '';
  const text = sort === SearchSort.TITLE ? `cross join lateral ${textSql(generation, `${parameters.put(ownLocales(ctx))}::text[]`)} t` : '';
  const scored = scoreSql(wordlessWeight, boosts, parameters, 's.id');
  // Chosen one by one, they have an order of their own.
  const score = wish.kind === 'category' ? scored : `case when s.rule is null then ${pinScore} - array_position(s.product_ids, d.id) else ${scored} end`;
  const fits = ['d.is_listed', `${failedBits(conditionsOf(filter, parameters))} = 0`, shownSql(boosts, parameters, 's.id'), ...membersOf(filter, plan, parameters)].join(' and ');
  return {
    parameters,
    sql: `select s.id as scope, d.id, d.key::text as key, d.price_min, d.price_max, d.currency, d.is_in_stock from ${scopes} cross join lateral (
        select ${productColumns}, ${sortKey.sql} as key from (
          select d.*, (${score})::float8 as score from ${sourceOf(wish.kind, generation)} where ${fits}
        ) d ${text} where true ${behind} order by ${orderSql(sortKey, 'key', 'd.id')} limit ${parameters.put(range.count + 1)}
      ) d order by s.id, ${orderSql(sortKey, 'd.key', 'd.id')}`,
  };
}

function sourceOf(kind: ListingWish['kind'], generation: string): string {
  if (kind === 'category') return `posting p join document d on d.generation = ${generation} and d.id = p.id and p.generation = ${generation} and p.term = 'c:' || s.id`;
  return `(
    select d.* from document d where s.rule is null and d.generation = ${generation} and d.id = any(s.product_ids)
    union all select d.* from document d where s.rule is not null and d.generation = ${generation}
      and ${inList('tags', 'tag')} and ${inList('categoryIds', 'category')} and ${inList('typeKeys', 'type')}
  ) d`;
}

/** A list of a rule that is empty asks for nothing. */
function inList(list: string, facet: string): string {
  return `(s.rule->'${list}' = '[]' or d.facets && array(select '${facet}' || E'\\x1f' || value from jsonb_array_elements_text(s.rule->'${list}')))`;
}
