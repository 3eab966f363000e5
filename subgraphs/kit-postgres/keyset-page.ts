import { QueryFailedError, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { invariant } from '@haat/kit/invariant';
import { countMax, type Page } from '@haat/kit/page';
import { badCursor, cursorsOf } from '@haat/kit/page-cursor';
import { pageFrom } from '@haat/kit/page-of';
import { pageRange, type PageArguments, type PageRange } from '@haat/kit/page-range';

/** One column that a list is ordered by. */
export interface KeysetOrder {
  /** `<alias>.<property>` as TypeORM knows it, such as `t.createdAt`. Never null in the database. */
  readonly column: string;
  readonly direction: 'ASC' | 'DESC';
}

/** What a page of a table needs to know. */
export interface KeysetOptions<T extends ObjectLiteral> {
  /** Selects what is listed, with its filters, without an order. It may join to-one relations only. */
  readonly qb: SelectQueryBuilder<T>;
  /** The last column is unique, so that no two rows stand in the same place. An index has these columns, in this order. */
  readonly order: readonly KeysetOrder[];
  readonly args: PageArguments;
  readonly tenantId: string;
  /** See CursorScope in page-cursor.ts. */
  readonly key?: string;
}

/**
 * A page by keyset: one statement whatever the depth, and rows that come or go meanwhile shift nothing. The values of a
 * cursor travel as Postgres writes them, since a Date would lose the microseconds that order two rows.
 */
export async function keysetPage<T extends ObjectLiteral>(options: KeysetOptions<T>): Promise<Page<T>> {
  const range = pageRange(options.args);
  const cursors = cursorsOf({ tenantId: options.tenantId, list: listOf(options), key: options.key });
  const position = cursors.read(range);
  const rows = await readPlaced(pagedQuery(options, range, position), options.order.length, range);
  const page = pageFrom(rows, range, (row) => cursors.write(row.position));
  return {
    edges: page.edges.map((edge) => ({ cursor: edge.cursor, node: edge.node.entity })),
    nodes: page.nodes.map((row) => row.entity),
    pageInfo: page.pageInfo,
    totalCount: () => countOf(options.qb),
  };
}

/** A row, and its place in the list. */
export interface PlacedRow<T> {
  readonly entity: T;
  readonly position: readonly string[];
}

/** How a list is named in its cursors. */
export function listOf<T extends ObjectLiteral>({ qb, order }: Pick<KeysetOptions<T>, 'qb' | 'order'>): string {
  return `${qb.expressionMap.mainAlias?.name ?? ''} ${qb.expressionMap.mainAlias?.metadata.tablePath ?? ''}: ${order.map((o) => `${o.column} ${o.direction}`).join(', ')}`;
}

function pagedQuery<T extends ObjectLiteral>(options: KeysetOptions<T>, range: PageRange, position: readonly string[] | undefined): SelectQueryBuilder<T> {
  const qb = ordered(options.qb.clone(), options.order, range).limit(range.count + 1);
  options.order.forEach(({ column }, index) => qb.addSelect(`cast(${column} as text)`, `cursor_${index}`));
  if (position) qb.andWhere(behind(asWanted(options.order, range)), Object.fromEntries(position.map((value, index) => [`cursor_${index}`, value])));
  return qb;
}

/** Puts a query into the order of a list, from the end that a page begins at. */
export function ordered<T extends ObjectLiteral>(qb: SelectQueryBuilder<T>, order: readonly KeysetOrder[], range: PageRange): SelectQueryBuilder<T> {
  qb.orderBy();
  for (const { column, direction } of asWanted(order, range)) qb.addOrderBy(column, direction);
  return qb;
}

function asWanted(order: readonly KeysetOrder[], { isBackward }: PageRange): KeysetOrder[] {
  return order.map((o) => ({ ...o, direction: isBackward ? opposite(o.direction) : o.direction }));
}

/** One comparison of rows where all columns run the same way, which an index answers; else the columns one by one. */
function behind(order: readonly KeysetOrder[]): string {
  const operator = (o: KeysetOrder): string => (o.direction === 'ASC' ? '>' : '<');
  const [first] = order;
  invariant(first, 'A list is ordered by at least one column.');
  if (order.every((o) => o.direction === first.direction)) {
    return `(${order.map((o) => o.column).join(', ')}) ${operator(first)} (${order.map((_, index) => `:cursor_${index}`).join(', ')})`;
  }
  return order.reduceRight((rest, o, index) => {
    const here = `${o.column} ${operator(o)} :cursor_${index}`;
    return rest ? `(${here} or (${o.column} = :cursor_${index} and ${rest}))` : here;
  }, '');
}

/** Reads rows with their places, which the query selects as `cursor_0` and so on. */
export async function readPlaced<T extends ObjectLiteral>(qb: SelectQueryBuilder<T>, columns: number, range: PageRange): Promise<PlacedRow<T>[]> {
  const { entities, raw } = await qb.getRawAndEntities<Record<string, string | null>>().catch((error: unknown) => {
    // Class 22, "data exception": a value that only an invented cursor can hold.
    if (range.cursor && error instanceof QueryFailedError && String((error.driverError as { code?: unknown }).code).startsWith('22')) throw badCursor(range.cursor.argument);
    throw error;
  });
  invariant(entities.length === raw.length, 'A paged query gave several rows for one entity; join to-one relations only.');
  return entities.map((entity, row) => ({ entity, position: Array.from({ length: columns }, (_, index) => positionOf(raw[row], index)) }));
}

function positionOf(raw: Record<string, string | null> | undefined, index: number): string {
  const value = raw?.[`cursor_${index}`];
  invariant(typeof value === 'string', `Column ${index} of a list's order is null; order by columns that cannot be.`);
  return value;
}

async function countOf<T extends ObjectLiteral>(qb: SelectQueryBuilder<T>): Promise<number> {
  const listed = qb.clone().orderBy().select('1', 'one').limit(countMax + 1);
  const counting = qb.createQueryBuilder().select('count(*)::int', 'n').from(`(${listed.getQuery()})`, 'listed');
  const row = await counting.setParameters(listed.getParameters()).getRawOne<{ n: number }>();
  return row?.n ?? 0;
}

function opposite(direction: 'ASC' | 'DESC'): 'ASC' | 'DESC' {
  return direction === 'ASC' ? 'DESC' : 'ASC';
}
