import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';

const waited = new WeakSet<Query>();

/**
 * Asks for a list again when news of it came while it was being asked for: that answer may have been made before the news, and is
 * written over what the news changed. Once, when the answer is there.
 */
export function askAgainAfter(queries: QueryClient, queryKey: QueryKey): void {
  const cache = queries.getQueryCache();
  const query = cache.find({ queryKey, exact: true });
  if (query?.state.fetchStatus !== 'fetching' || waited.has(query)) return;
  waited.add(query);
  const stop = cache.subscribe(({ query: changed }) => {
    if (changed !== query || query.state.fetchStatus === 'fetching') return;
    stop();
    waited.delete(query);
    void queries.invalidateQueries({ queryKey, exact: true });
  });
}
