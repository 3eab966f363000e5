import type { MongoCollection } from '@haat/kit-mongo/mongo-collection';
import type { Stored } from '@haat/kit-mongo/define-collection';
import type { Where } from '@haat/kit-mongo/mongo-where';
import type { Page } from '@haat/kit/page';
import { badCursor, cursorsOf } from '@haat/kit/page-cursor';
import { pageFrom } from '@haat/kit/page-of';
import { pageRange, type PageArguments } from '@haat/kit/page-range';

/** Which documents a list shows, in which order. */
export interface DocumentPageOptions<T> {
  readonly tenantId: string;
  /** The list's name: a cursor is good in it only. */
  readonly list: string;
  readonly where: Where<T>;
  readonly orderBy: 'createdAt' | 'updatedAt' | '_id';
  readonly descending: boolean;
  readonly args: PageArguments;
}

/** A page of documents by keyset: one statement whatever the depth, each row shown by `show`. */
export async function documentPage<T extends object, V>(collection: MongoCollection<T>, options: DocumentPageOptions<T>, show: (row: Stored<T>) => V): Promise<Page<V>> {
  const { orderBy, descending, where, args } = options;
  const range = pageRange(args);
  const cursors = cursorsOf({ tenantId: options.tenantId, list: `${options.list}:${orderBy} ${descending ? 'DESC' : 'ASC'}` });
  const position = cursors.read(range);
  const after = position && placeOf(orderBy, position, range.cursor?.argument ?? 'after');
  const rows = await collection.page(where, { orderBy: orderBy === '_id' ? undefined : orderBy, descending: descending !== range.isBackward, after, limit: range.count + 1 });
  const page = pageFrom(rows, range, (row) => cursors.write([orderBy === '_id' ? row._id : row[orderBy].toISOString(), row._id]));
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: show(node) }));
  return { edges, nodes: edges.map(({ node }) => node), pageInfo: page.pageInfo };
}

function placeOf(orderBy: string, [value = '', id = '']: readonly string[], argument: string): { value: string | Date; id: string } {
  if (orderBy === '_id') return { value, id };
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) throw badCursor(argument);
  return { value: at, id };
}
