import { z } from 'zod';

/** What one subgraph's address is called in the environment: `SUBGRAPH_CATALOG_URL`. */
const addressName = /^SUBGRAPH_([A-Z0-9_]+)_URL$/;

const list = z.string().transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''));
const origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, 'expected an origin, such as https://shop.example');
const addressOrBlock = z.string().regex(/^[0-9a-fA-F.:]+(\/\d{1,3})?$/, 'expected an address or a block, such as 10.0.0.0/8');
const site = z.string().regex(/^[a-z][a-z0-9-]*=.+$/, 'expected a name and a folder, such as merchant=/srv/merchant').transform((text) => ({ name: text.slice(0, text.indexOf('=')), folder: text.slice(text.indexOf('=') + 1) }));

/** What the gateway reads from the environment. */
export const gatewayConfig = z.object({
  /** The port of the public door; 0 takes a free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4_000),
  /** The address to listen on. Loopback unless said otherwise, so that a laptop is not a public server by accident. */
  LISTEN_ADDRESS: z.string().default('127.0.0.1'),
  /** Domains whose direct sub-domains are tenants' slugs: `acme.localhost`. */
  BASE_DOMAINS: list.default(['localhost']),
  /** Origins of browsers' pages that may call, compared whole. */
  CORS_ORIGINS: list.pipe(z.array(origin)).default([]),
  /** Proxies whose `x-forwarded-*` headers are believed. */
  TRUSTED_PROXIES: list.pipe(z.array(addressOrBlock)).default([]),
  /** Who may read `/metrics`, and only directly. */
  METRICS_READERS: list.pipe(z.array(addressOrBlock)).default(['127.0.0.0/8', '::1']),
  /** The largest GraphQL request, in bytes. */
  BODY_BYTES_MAX: z.coerce.number().int().min(1_024).max(16 * 1024 * 1024).default(256 * 1024),
  /** The largest body under `/hooks/`, in bytes; each route's own limit is lower. */
  HOOK_BYTES_MAX: z.coerce.number().int().min(1_024).max(1024 * 1024 * 1024).default(32 * 1024 * 1024),
  /** The same for who brings no token of ours, as providers do. */
  CALLBACK_BYTES_MAX: z.coerce.number().int().min(1_024).max(16 * 1024 * 1024).default(1024 * 1024),
  /** What all bodies under `/hooks/` that wait to be passed on may take together, in bytes; a quarter of it for those without a token of ours. */
  HOOK_SPOOL_BYTES_MAX: z.coerce.number().int().min(4_096).default(1024 * 1024 * 1024),
  /** How long a client is kept waiting at most, in milliseconds. Subgraphs get a little less. */
  REQUEST_TIMEOUT_MS: z.coerce.number().int().min(500).max(120_000).default(10_000),
  /** How long one call to one subgraph that changes nothing may take, in milliseconds: so that a slow part does not use up the time of the others. */
  SUBGRAPH_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(5_000),
  /** How long a subgraph that was found to be down is not asked, in milliseconds. */
  SUBGRAPH_REST_MS: z.coerce.number().int().min(100).max(60_000).default(5_000),
  /** Points that one signed-in viewer or API token may spend each second; thirty times as many in a burst. What costs how much: limits/cost.ts. */
  RATE_VIEWER_PER_SECOND: z.coerce.number().positive().default(1_000),
  /** The same for one address, whoever sits behind it. */
  RATE_ADDRESS_PER_SECOND: z.coerce.number().positive().default(5_000),
  /** The same for one tenant. */
  RATE_TENANT_PER_SECOND: z.coerce.number().positive().default(50_000),
  /** Folders of lists of the operations that our own clients send, one `<client>.json` for each; those of older releases beside the newest. */
  OPERATIONS: list.default([]),
  /** Whether only known operations run, or any text. */
  KNOWN_OPERATIONS_ONLY: z.stringbool().default(() => process.env['NODE_ENV'] === 'production'),
  /** Connections that one address may hold open, asked over or idle; sockets of subscriptions beside them. Those of trusted proxies are not counted. */
  CONNECTIONS_PER_ADDRESS: z.coerce.number().int().min(8).default(2_000),
  /** Sockets and event streams that one signed-in viewer or API token may hold open at one gateway. */
  LIVE_CONNECTIONS_PER_VIEWER: z.coerce.number().int().min(1).default(30),
  /** The same for one address, whoever sits behind it. */
  LIVE_CONNECTIONS_PER_ADDRESS: z.coerce.number().int().min(1).default(500),
  /** The same for one tenant. */
  LIVE_CONNECTIONS_PER_TENANT: z.coerce.number().int().min(1).default(10_000),
  /** Operations under way on one socket. */
  LIVE_SUBSCRIPTIONS_PER_SOCKET: z.coerce.number().int().min(1).max(1_000).default(50),
  /** Whether the schema may be asked for. */
  INTROSPECTION: z.stringbool().default(() => process.env['NODE_ENV'] !== 'production'),
  /** Whether `/sandbox` and `/graphiql` are there, and Apollo's own pages may call us. */
  EXPLORERS: z.stringbool().default(() => process.env['NODE_ENV'] !== 'production'),
  /** Web applications that are served beside the API: `<name>=<folder>`, each at `/<name>`. */
  SITES: list.pipe(z.array(site)).default([]),
  /** Names a guest from a cart's secret; without it there are no guests' carts. */
  GUEST_KEY_SECRET: z.string().min(32).optional(),
});

/** The settings of the gateway. */
export type GatewayConfig = z.infer<typeof gatewayConfig>;

/** Addresses of subgraphs from the environment, by name as {@link addressKeyOf} writes it. They win over the supergraph's own. */
export function subgraphAddresses(env: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, string> {
  const found = Object.entries(env).flatMap(([name, url]) => {
    const key = addressName.exec(name)?.[1];
    return key !== undefined && url ? [[key, url] as const] : [];
  });
  return new Map(found);
}

/** A subgraph's name as the environment spells it: `shop-search` is `SHOP_SEARCH`. */
export function addressKeyOf(subgraph: string): string {
  return subgraph.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}
