import type { TypedOperation } from '@haat/schema/clients/typed-operation';
import { useInfiniteQuery, useMutation, useQuery, type QueryKey } from '@tanstack/react-query';
import { usePage } from './page-parts.js';
import { dataOf, unreachable } from './refused.js';

/** Options of a question that is asked more than once. */
export interface AskedAgain<D> {
  readonly isAsked?: boolean;
  /** Asked again after so many milliseconds; `false` never. */
  readonly everyMs?: (data: D | undefined) => number | false;
}

/** A question and its answer, kept under a key and asked again when what it answered may be stale. */
export function useAsked<D, V>(key: QueryKey, operation: TypedOperation<D, V>, variables: V, { isAsked = true, everyMs }: AskedAgain<D> = {}) {
  const { door } = usePage();
  return useQuery<D>({
    queryKey: key, enabled: isAsked,
    queryFn: async ({ signal }) => dataOf(await door.ask(operation, variables, { signal })),
    ...(everyMs && { refetchInterval: ({ state }: { readonly state: { readonly data: D | undefined } }) => everyMs(state.data) }),
  });
}

/** Pages of a list, one after the other. `pageOf` says where a page ends; null where there is no list. */
export function usePages<D, V>(key: QueryKey, operation: TypedOperation<D, V>, variablesAfter: (after: string | null) => V, pageOf: (data: D) => { readonly hasNextPage: boolean; readonly endCursor?: string | null } | undefined) {
  const { door } = usePage();
  return useInfiniteQuery<D, Error, { readonly pages: readonly D[] }, QueryKey, string | null>({
    queryKey: key, initialPageParam: null,
    queryFn: async ({ pageParam, signal }) => dataOf(await door.ask(operation, variablesAfter(pageParam), { signal })),
    getNextPageParam: (last) => {
      const page = pageOf(last);
      return page?.hasNextPage ? (page.endCursor ?? null) : null;
    },
  });
}

/** A change that somebody asks for by hand. It is not sent twice by itself: with the same key it may be. */
export function useChange<D, V>(operation: TypedOperation<D, V>) {
  const { door } = usePage();
  return useMutation<D, Error, V>({
    mutationFn: async (variables) => {
      const answered = await door.ask(operation, variables).catch((error: unknown) => Promise.reject(unreachable(error)));
      return dataOf(answered);
    },
  });
}
