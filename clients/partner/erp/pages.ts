import type { PartnerDoor } from './door.js';
import { idIn, type OperationIds } from './register.js';

/** Entries read at once: dear enough to be few requests, cheap enough for the quota of a minute. */
const pageSize = 50;

interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Reads a whole list page by page. The operation answers one connection, and takes `$first` and `$after`. */
export async function allPages<T>(door: PartnerDoor, ids: OperationIds, name: string, variables: Readonly<Record<string, unknown>>): Promise<T[]> {
  const entries: T[] = [];
  let after: string | null = null;
  do {
    const data: Record<string, Page<T> | null> = await door.run(idIn(ids, name), { ...variables, first: pageSize, after }, name);
    const [page] = Object.values(data);
    if (!page) throw new Error(`${name} answered nothing.`);
    entries.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return entries;
}
