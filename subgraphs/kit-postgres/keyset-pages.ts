import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { invariant } from '@haat/kit/invariant';
import { countMax, type Page } from '@haat/kit/page';
import { cursorsOf } from '@haat/kit/page-cursor';
import { pageFrom } from '@haat/kit/page-of';
import { pageRange, type PageRange } from '@haat/kit/page-range';
import { listOf, ordered, readPlaced, type KeysetOptions } from './keyset-page.js';

/** What a page of each of many lists needs to know. */
export interface KeysetPagesOptions<T extends ObjectLiteral> extends Omit<KeysetOptions<T>, 'key'> {
  /** What says which list a row is in, such as `o.userId`. An index has it before the order's columns. */
  readonly parent: string;
  /** The same of a row that was read. */
  readonly parentOf: (row: T) => string | null;
  /** The lists that are wanted. */
  readonly ids: readonly string[];
  /** What {@link KeysetOptions.key} is for one of them, so that a page goes on where another one by {@link keysetPage} ended. */
  readonly keyOf: (id: string) => string;
}

/**
 * The first page of many lists of one table, or the last, by one statement however many they are; their counts by one more.
 * Arguments have no cursor: that is one list's, and {@link keysetPage} reads on there.
 */
export async function keysetPages<T extends ObjectLiteral>(options: KeysetPagesOptions<T>): Promise<Map<string, Page<T>>> {
  const range = pageRange(options.args);
  invariant(!range.cursor, 'A cursor is good in one list only.');
  const rows = await readPlaced(pagesQuery(options, range), options.order.length, range);
  const byList = Map.groupBy(rows, ({ entity }) => options.parentOf(entity));
  let counting: Promise<Map<string, number>> | undefined;
  const counts = (): Promise<Map<string, number>> => (counting ??= countsOf(options));
  return new Map(options.ids.map((id) => {
    const cursors = cursorsOf({ tenantId: options.tenantId, list: listOf(options), key: options.keyOf(id) });
    const { edges, nodes, pageInfo } = pageFrom(byList.get(id) ?? [], range, ({ position }) => cursors.write(position));
    const page = { edges: edges.map(({ cursor, node }) => ({ cursor, node: node.entity })), nodes: nodes.map(({ entity }) => entity), pageInfo };
    return [id, { ...page, totalCount: async () => (await counts()).get(id) ?? 0 }];
  }));
}

/** Each list is read by itself along its index, no further than its page, and all of them in one statement. */
function pagesQuery<T extends ObjectLiteral>(options: KeysetPagesOptions<T>, range: PageRange): SelectQueryBuilder<T> {
  const unique = options.order.at(-1)?.column ?? '';
  const own = ordered(ownRows(options).select(unique, 'id'), options.order, range).limit(range.count + 1);
  const wanted = `select picked.id from unnest(cast(:lists as text[])) as list (id) cross join lateral (${own.getQuery()}) as picked`;
  const qb = ordered(options.qb.clone(), options.order, range).andWhere(`${unique} = any(array(${wanted}))`).setParameters({ lists: options.ids });
  options.order.forEach(({ column }, index) => qb.addSelect(`cast(${column} as text)`, `cursor_${index}`));
  return qb;
}

async function countsOf<T extends ObjectLiteral>(options: KeysetPagesOptions<T>): Promise<Map<string, number>> {
  const own = ownRows(options).orderBy().select('1', 'one').limit(countMax + 1);
  const counting = options.qb.createQueryBuilder().select('list.id', 'id').addSelect(`(select count(*)::int from (${own.getQuery()}) as listed)`, 'n').from('(select unnest(cast(:lists as text[])) as id)', 'list');
  const rows = await counting.setParameters({ ...own.getParameters(), lists: options.ids }).getRawMany<{ id: string; n: number }>();
  return new Map(rows.map(({ id, n }) => [id, n]));
}

/** The rows of the list at hand, inside a statement that goes through all of them. */
function ownRows<T extends ObjectLiteral>({ qb, parent }: KeysetPagesOptions<T>): SelectQueryBuilder<T> {
  return qb.clone().andWhere(`${parent} = list.id`);
}
