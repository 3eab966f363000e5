import type { Created } from './read-params.js';

/** How a list is asked for. */
export interface Paging {
  readonly limit: number;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
  readonly created?: Created | undefined;
}

/** A part of a list whose newest comes first. */
export function listPage<T extends { readonly id: string; readonly created?: number }>(url: string, all: readonly T[], { limit, starting_after: after, ending_before: before, created }: Paging): object {
  const wanted = all.filter((one) => isWithin(one.created ?? 0, created));
  const from = after === undefined ? 0 : wanted.findIndex(({ id }) => id === after) + 1;
  if (before === undefined) return { object: 'list', data: wanted.slice(from, from + limit), has_more: wanted.length > from + limit, url };
  const to = Math.max(0, wanted.findIndex(({ id }) => id === before));
  return { object: 'list', data: wanted.slice(Math.max(0, to - limit), to), has_more: to > limit, url };
}

function isWithin(at: number, created: Created | undefined): boolean {
  if (created === undefined) return true;
  if (typeof created === 'number') return at === created;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = created;
  return at > gt && at >= gte && at < lt && at <= lte;
}
