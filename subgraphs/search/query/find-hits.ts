import { countMax } from '@haat/kit/page';
import { cursorsOf } from '@haat/kit/page-cursor';
import { pageFrom } from '@haat/kit/page-of';
import { pageRange, type PageArguments } from '@haat/kit/page-range';
import type { SearchContext } from '../context.js';
import { Product, productColumns, type ProductFields } from '../product/product.js';
import { matchesOf } from './matches-sql.js';
import { ownLocales, type ReadQuery } from './read-query.js';
import { outOfStockFactor } from './score-sql.js';
import { SearchConnection, SearchHit } from './search-hit.js';
import { SearchSort, type Filter } from './search-filter.js';
import { behindSql, orderSql, sortKeys, textSql } from './sort-keys.js';
import { Parameters } from './sql-parts.js';

/** What is asked of the index. */
export interface Asked {
  readonly read: ReadQuery;
  readonly filter: Filter;
  readonly sort: SearchSort;
  readonly page: PageArguments;
}

/** A page of hits with how many there are, by one statement. */
export async function findHits(ctx: SearchContext, { read, filter, sort, page }: Asked): Promise<SearchConnection> {
  const range = pageRange(page);
  const cursors = cursorsOf({ tenantId: ctx.tenant.id, list: `search ${sort} ${JSON.stringify([read.whole, filter])}` });
  const statement = hitsSql(ctx, { read, filter, sort, page }, { count: range.count, position: cursors.read(range) });
  const rows: HitRow[] = await ctx.db.query(statement.sql, statement.parameters.values);
  const found = rows.filter((row) => row.id !== null);
  const { edges, nodes, pageInfo } = pageFrom(found, range, (row) => cursors.write([row.key, row.id]));
  const hits = new Map(nodes.map((row) => [row.id, hitOf(row, read)]));
  const hitFor = (row: HitRow): SearchHit => hits.get(row.id) ?? hitOf(row, read);
  const total = rows[0]?.total ?? 0;
  return Object.assign(new SearchConnection(), {
    edges: edges.map(({ cursor, node }) => ({ cursor, node: hitFor(node) })), nodes: nodes.map(hitFor), pageInfo,
    totalCount: Math.min(total, countMax + 1), correctedQuery: total > 0 ? (read.corrected ?? null) : null, read, filter,
  });
}

interface HitRow extends ProductFields {
  readonly key: string;
  readonly score: number;
  readonly text: number;
  readonly entries: readonly string[];
  readonly total: number;
}

function hitsSql(ctx: SearchContext, { read, filter, sort }: Asked, { count, position }: { readonly count: number; readonly position: readonly string[] | undefined }): { sql: string; parameters: Parameters } {
  const parameters = new Parameters();
  const { ctes } = matchesOf(read, filter, parameters);
  const sortKey = sortKeys[sort];
  const text = `cross join lateral ${textSql(`${parameters.put(read.generation)}::int`, `${parameters.put(ownLocales(ctx))}::text[]`)} t`;
  const [key, id] = position ?? [];
  const behind = position ? ` and ${behindSql(sortKey, { key: parameters.put(key), id: parameters.put(id) })}` : '';
  const page = `select d.*, ${sortKey.sql} as key from matches d ${sort === SearchSort.TITLE ? text : ''} where d.failed = 0${behind} order by ${orderSql(sortKey, 'key', 'd.id')} limit ${parameters.put(count + 1)}`;
  return {
    parameters,
    sql: `with ${ctes}, page as (${page}), shown as (
        select ${productColumns}, d.key, d.score, d.text, ${read.boosts.length > 0 ? 'd.facets || d.selling_facets' : `'{}'::text[]`} as entries, t.slug, t.title, t.image from page d ${text}
      ) select (select count(*)::int from matches where failed = 0) as total, d.id, d.key::text as key, d.score, d.text, d.entries, d.price_min, d.price_max, d.currency, d.is_in_stock, d.slug, d.title, d.image
      from (select 1) one left join shown d on true order by ${orderSql(sortKey, 'd.key', 'd.id')}`,
  };
}

function hitOf(row: HitRow, read: ReadQuery): SearchHit {
  const product = Product.of(row);
  const applied = read.boosts.filter(({ target }) => row.entries.includes(target) || target.endsWith(`\u001f${row.id}`));
  const boost = applied.filter(({ action }) => action === 'BOOST').reduce((all, { factor }) => all * factor, 1);
  return Object.assign(new SearchHit(), {
    product, productId: row.id, priceRange: product.priceRange, inStock: product.inStock, score: row.score, read,
    explanation: { text: row.text, stock: row.is_in_stock ? 1 : outOfStockFactor, boost, boostIds: applied.map(({ id }) => id) },
  });
}
