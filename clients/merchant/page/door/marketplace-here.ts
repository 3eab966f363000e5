/** A host that is no marketplace's own: the page must ask which one is meant. Such are a bare `localhost` and bare addresses. */
export function isNobodysHost(hostname: string): boolean {
  return hostname === 'localhost' || /^[\d.]+$/.test(hostname) || hostname.includes(':');
}
