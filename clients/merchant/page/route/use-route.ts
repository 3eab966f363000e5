import { useSyncExternalStore } from 'react';
import { hrefOf, routeOf, type Route } from './route.js';

/** What the address says now. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(listen, () => location.hash);
  return routeOf(hash);
}

/** Goes there, as by a link. */
export function goTo(route: Route): void {
  location.hash = hrefOf(route);
}

function listen(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
