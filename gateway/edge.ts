import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** What clients may say under our own prefix; everything else under it is for the inside only. */
const ours = new Set(['x-haat-tenant', 'x-haat-cart', 'x-haat-order', 'x-haat-operations']);

/** Headers whose sender would steer tracing, routing or the method: the outside has no say in those. */
const steering = new Set([
  'traceparent', 'tracestate', 'baggage', 'forwarded', 'x-original-url', 'x-rewrite-url', 'x-http-method-override', 'x-http-method',
  'x-method-override', 'x-request-id', 'x-correlation-id',
]);

const hostPattern = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** Facts of a request that depend on who sent it: its own words are believed only of a configured proxy. */
export interface EdgeFacts {
  readonly host?: string;
  readonly clientAddress: string;
  readonly isDirect: boolean;
  /** Without what only the inside may say. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads them off a request. */
export function edgeFactsOf(request: IncomingMessage, proxies: BlockList): EdgeFacts {
  const peer = plainAddress(request.socket.remoteAddress);
  const { headers } = request;
  const forwardedFor = flat(headers['x-forwarded-for']);
  const isProxied = isIn(proxies, peer);
  const host = isProxied ? (flat(headers['x-forwarded-host']) ?? headers.host) : headers.host;
  return {
    host: hostOf(host),
    clientAddress: isProxied && forwardedFor !== undefined ? nearestStranger(forwardedFor, peer, proxies) : peer,
    isDirect: forwardedFor === undefined && !('forwarded' in headers),
    headers: comingIn(headers),
  };
}

/** A list of addresses and blocks (CIDR) as configured. */
export function addressList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Whether an address is on a list. */
export function isIn(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

function comingIn(headers: IncomingHttpHeaders): Record<string, string> {
  const found: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const name in headers) {
    const value = flat(headers[name]);
    if (value !== undefined && mayComeIn(name)) found[name] = value;
  }
  return found;
}

function mayComeIn(name: string): boolean {
  if (!name.startsWith('x-')) return !steering.has(name);
  return (!name.startsWith('x-haat-') || ours.has(name)) && !name.startsWith('x-forwarded-') && !steering.has(name);
}

/** Headers that came more than once are one list. */
function flat(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

/** From the right, the first address that is not a proxy of ours: further left anybody may have written anything. */
function nearestStranger(forwardedFor: string, peer: string, proxies: BlockList): string {
  const hops = forwardedFor.split(',').map((hop) => plainAddress(hop.trim()));
  for (const hop of hops.reverse()) {
    if (isIP(hop) === 0) return peer;
    if (!isIn(proxies, hop)) return hop;
  }
  return peer;
}

/** IPv4 as such, also where the socket speaks IPv6. */
export function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
}

function hostOf(header: string | undefined): string | undefined {
  const host = header?.split(',')[0]?.trim().toLowerCase().replace(/:\d{1,5}$/, '').replace(/\.$/, '');
  return host !== undefined && hostPattern.test(host) ? host : undefined;
}
