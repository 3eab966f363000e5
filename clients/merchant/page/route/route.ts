/** What the page shows. */
export type Route =
  | { readonly part: 'orders'; readonly id?: string }
  | { readonly part: 'stock' }
  | { readonly part: 'import'; readonly id?: string };

/** What the address after its `#` means; the orders where it means nothing. */
export function routeOf(hash: string): Route {
  const [part, id] = hash.replace(/^#?\/?/, '').split('/');
  if (part === 'stock') return { part };
  if (part === 'import') return id ? { part, id: decoded(id) } : { part };
  return part === 'orders' && id ? { part, id: decoded(id) } : { part: 'orders' };
}

/** The address of a route. */
export function hrefOf(route: Route): string {
  return `#/${route.part}${'id' in route && route.id ? `/${encodeURIComponent(route.id)}` : ''}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
