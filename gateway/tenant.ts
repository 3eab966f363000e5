import { tenantResolve } from '@haat/schema/asks/tenants';
import { tenantChanged, tenantOpened } from '@haat/schema/events/tenants';
import type { Clock } from '@haat/kit/clock';
import type { TenantFacts } from '@haat/kit/identity';
import { badInput, forbidden, Refusal, unauthenticated } from '@haat/kit/refusal';
import { doorContext, type Asks } from './asks.js';
import { freshWhenCutMsMax, type Freshness } from './freshness.js';
import { remembering, type Remembered } from './remembered.js';

/** How many tenants, and names that are none, are kept in mind. */
const tenantsMax = 10_000;

/** How long a marketplace is served on while nobody can say whether it changed, in milliseconds: one part that is down closes no shop. */
const servedOnMsMax = 10 * 60_000;

/** Said of one that never was and of one that is closed: the same, and how to name another. */
const noSuchTenant = 'There is no such marketplace: the host begins with a marketplace\'s slug, such as acme.localhost, or the header x-haat-tenant holds it.';

/** What tenants are called: a label of a host name. */
const slugPattern = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;

/** A tenant named in one of the ways it can be. */
export type TenantReference = { readonly slug: string } | { readonly host: string } | { readonly id: string };

/** A marketplace as the door knows it. */
export type Tenant = TenantFacts & { readonly name: string; readonly status: 'OPEN' | 'SUSPENDED' | 'CLOSED' };

/** Where tenants are looked up. */
export interface Tenants {
  find(reference: TenantReference): Promise<Tenant | null>;
}

/** Everything of a request that may name its tenant. */
export interface TenantHints {
  readonly host?: string;
  /** The header `x-haat-tenant`. */
  readonly header?: string;
  /** What the token says it belongs to. */
  readonly token?: TenantReference;
  readonly baseDomains: readonly string[];
}

/**
 * The tenant of a request: by host name, else by header, else by token; all that name one must agree.
 * Refuses with `TENANT_UNKNOWN`, `BAD_USER_INPUT` when host and header differ, `UNAUTHENTICATED` when the token does,
 * and `FORBIDDEN` while the tenant is suspended.
 */
export async function tenantOf(tenants: Tenants, hints: TenantHints): Promise<Tenant> {
  const [byHost, byHeader, byToken] = await Promise.all([
    hints.host === undefined ? null : findByHost(tenants, hints.host, hints.baseDomains),
    hints.header === undefined ? null : findNamed(tenants, { slug: hints.header }),
    hints.token === undefined ? null : tenants.find(hints.token),
  ]);
  if (byHost && byHeader && byHost.id !== byHeader.id) throw badInput([{ path: ['x-haat-tenant'], message: 'expected the same marketplace as the host names' }]);
  const tenant = byHost ?? byHeader ?? byToken;
  if (hints.token && (!byToken || byToken.id !== tenant?.id)) throw unauthenticated('This token is not for this marketplace: send it to the host of its own, or name its own in the header x-haat-tenant.');
  if (!tenant) throw unknownTenant('Name a marketplace: by the host, such as acme.localhost, or by the header x-haat-tenant.');
  if (tenant.status === 'CLOSED') throw unknownTenant(noSuchTenant);
  if (tenant.status === 'SUSPENDED') throw forbidden('This marketplace is suspended.');
  return tenant;
}

/** A tenant by its slug alone, as the last segment of a provider's callback names it. */
export async function tenantBySlug(tenants: Tenants, slug: string): Promise<Tenant> {
  return tenantOf(tenants, { header: slug, baseDomains: [] });
}

/** Looks tenants up by asking, and keeps what it heard until something of it changes. */
export function askedTenants(asks: Asks, clock: Clock, freshness: Freshness): Tenants {
  const known: Remembered<Tenant | null> = remembering({
    clock,
    entriesMax: tenantsMax,
    // A name that is no tenant's may become one at any time.
    ageMsMax: (tenant) => (tenant ? freshness.ageMsMax() : freshWhenCutMsMax),
    ageMsMaxWhenLost: (tenant) => (tenant ? servedOnMsMax : 0),
  });
  freshness.onGap(() => known.forgetAll());
  freshness.on(tenantOpened, ({ slug }) => known.forget((tenant, key) => tenant === null && key === `slug:${slug}`));
  freshness.on(tenantChanged, (state) => {
    const names = new Set([`slug:${state.slug}`, `id:${state.tenantId}`, ...state.hosts.map((host) => `host:${host}`)]);
    known.forget((tenant, key) => tenant?.id === state.tenantId || names.has(key));
  });
  return {
    find: (reference) => known.of(keyOf(reference), async () => (await asks.ask(tenantResolve, reference, doorContext(clock))).tenant),
  };
}

/** A name said on purpose must be somebody's. */
async function findNamed(tenants: Tenants, reference: { readonly slug: string }): Promise<Tenant> {
  const tenant = slugPattern.test(reference.slug) ? await tenants.find(reference) : null;
  if (!tenant) throw unknownTenant(noSuchTenant);
  return tenant;
}

/** A sub-domain of ours must be a tenant's; any other host may also be how a machine inside reaches us. */
async function findByHost(tenants: Tenants, host: string, baseDomains: readonly string[]): Promise<Tenant | null> {
  const base = baseDomains.find((domain) => host === domain || host.endsWith(`.${domain}`));
  if (base === undefined) return /^[\d.]+$|:/.test(host) ? null : tenants.find({ host });
  return host === base ? null : findNamed(tenants, { slug: host.slice(0, -base.length - 1) });
}

function keyOf(reference: TenantReference): string {
  const [kind, value] = Object.entries(reference)[0] as [string, string];
  return `${kind}:${value}`;
}

function unknownTenant(message: string): Refusal {
  return new Refusal('TENANT_UNKNOWN', message);
}
