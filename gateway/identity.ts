import { createHash, createHmac } from 'node:crypto';
import type { BlockList } from 'node:net';
import { tokenResolve, viewerResolve } from '@haat/schema/asks/identity';
import { sessionRevoked, viewerChanged } from '@haat/schema/events/identity';
import { apiTokenPattern } from '@haat/schema/tokens';
import type { Clock } from '@haat/kit/clock';
import { guest, type Viewer } from '@haat/kit/identity';
import { badInput, unauthenticated } from '@haat/kit/refusal';
import { askedAccessTokens, type AccessTokens, type OpenedClaims } from './access-tokens.js';
import { doorContext, type Asks } from './asks.js';
import { addressList, isIn } from './edge.js';
import type { Freshness } from './freshness.js';
import { remembering } from './remembered.js';
import type { Tenant, TenantReference } from './tenant.js';

/** How many viewers are kept in mind. */
const viewersMax = 20_000;

const bearerPattern = /^Bearer +([A-Za-z0-9._~+/=-]{1,4096})$/i;

/** A cart's secret, as carts makes it: base64url. */
const cartSecretPattern = /^[A-Za-z0-9_-]{16,200}$/;

/** What somebody showed, before it is known what they may do. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'access'; readonly claims: OpenedClaims }
  | { readonly kind: 'api'; readonly slug: string; readonly hash: string };

/** Finds out who asks. */
export interface Identity {
  readonly accessTokens: AccessTokens;
  /** Reads an `authorization` header. Refuses with `UNAUTHENTICATED` what is not a good token. */
  credentialsOf(authorization: string | undefined): Promise<Credentials>;
  /** What the owner of these credentials may do in this tenant now. Refuses with `UNAUTHENTICATED` when nothing any more, or not from this address. */
  identify(credentials: Credentials, tenant: Tenant, clientAddress: string): Promise<Viewer>;
}

/** Makes it on the asks of identity; answers are kept until an event says that they changed. */
export function askedIdentity(asks: Asks, clock: Clock, freshness: Freshness): Identity {
  const accessTokens = askedAccessTokens(asks, clock);
  const findViewer = rememberedViewers(asks, clock, freshness);
  return {
    accessTokens,
    credentialsOf: (authorization) => credentialsOf(authorization, accessTokens),
    async identify(credentials, tenant, clientAddress) {
      if (credentials.kind === 'none') return guest;
      const found = await findViewer(credentials, tenant);
      const hasExpired = found?.expiresAt !== undefined && found.expiresAt <= clock.now().getTime();
      if (!found || hasExpired) throw unauthenticated(credentials.kind === 'api' ? 'The API token is not valid, or no longer.' : 'This session has ended.');
      if (found.from && !isIn(found.from, clientAddress)) throw unauthenticated('The API token is not good from this network address.');
      return found.viewer;
    },
  };
}

/** The tenant that credentials belong to, in the way they name it. */
export function tenantOfCredentials(credentials: Credentials): TenantReference | undefined {
  if (credentials.kind === 'none') return undefined;
  return credentials.kind === 'api' ? { slug: credentials.slug } : { id: credentials.claims.ten };
}

/** Whether a header holds a token of our making, by its shape: a provider's callback may bring one of its own. */
export function looksLikeOurToken(authorization: string | undefined): boolean {
  const token = bearerPattern.exec(authorization ?? '')?.[1] ?? '';
  return token.startsWith('haat_') || /^eyJ[^.]*\.eyJ[^.]*\.[^.]*$/.test(token);
}

/** Names a guest by the secret of the cart: the same in each request, useless to whoever reads it. */
export function guestKeyOf(cartSecret: string | undefined, tenantId: string, keySecret: string | undefined): string | undefined {
  if (cartSecret === undefined || keySecret === undefined) return undefined;
  if (!cartSecretPattern.test(cartSecret)) throw badInput([{ path: ['x-haat-cart'], message: 'expected a cart\'s secret' }]);
  return createHmac('sha256', keySecret).update(`${tenantId}:${cartSecret}`).digest('base64url');
}

async function credentialsOf(authorization: string | undefined, accessTokens: AccessTokens): Promise<Credentials> {
  if (authorization === undefined) return { kind: 'none' };
  const token = bearerPattern.exec(authorization)?.[1];
  if (token === undefined) throw unauthenticated('Expected the header authorization: Bearer <token>.');
  if (!token.startsWith('haat_')) return { kind: 'access', claims: await accessTokens.open(token) };
  const slug = apiTokenPattern.exec(token)?.[1];
  if (slug === undefined) throw unauthenticated('The API token is not valid, or no longer.');
  return { kind: 'api', slug, hash: createHash('sha256').update(token).digest('hex') };
}

interface FoundViewer {
  readonly viewer: Viewer;
  readonly sessionId?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
  /** Where it may be shown from; absent for anywhere. */
  readonly from?: BlockList;
}

type Shown = Exclude<Credentials, { kind: 'none' }>;

function rememberedViewers(asks: Asks, clock: Clock, freshness: Freshness) {
  const known = remembering<FoundViewer | null>({ clock, entriesMax: viewersMax, ageMsMax: () => freshness.ageMsMax() });
  freshness.onGap(() => known.forgetAll());
  freshness.on(sessionRevoked, ({ sessionId }) => known.forget((found) => found?.sessionId === sessionId));
  freshness.on(viewerChanged, ({ userId, tokenId }) => known.forget((found) =>
    found === null || (userId !== undefined && found.viewer.userId === userId) || (tokenId !== undefined && found.viewer.tokenId === tokenId)));
  return (shown: Shown, tenant: Tenant): Promise<FoundViewer | null> => {
    const key = shown.kind === 'api' ? `${tenant.id}:${shown.hash}` : `${tenant.id}:${shown.claims.sub}:${shown.claims.sid}`;
    return known.of(key, () => ask(asks, clock, shown, tenant));
  };
}

async function ask(asks: Asks, clock: Clock, shown: Shown, tenant: Tenant): Promise<FoundViewer | null> {
  const context = doorContext(clock, tenantFactsOf(tenant));
  if (shown.kind === 'access') {
    const { sub: userId, sid: sessionId } = shown.claims;
    const { viewer } = await asks.ask(viewerResolve, { userId, sessionId }, context);
    return viewer && { viewer, sessionId };
  }
  const { token } = await asks.ask(tokenResolve, { hash: shown.hash }, context);
  const from = token?.allowedAddresses && addressList(token.allowedAddresses);
  return token && { viewer: token.viewer, expiresAt: token.expiresAt === null ? undefined : Date.parse(token.expiresAt), from };
}

/** What of a tenant travels with each request. */
export function tenantFactsOf({ id, slug, currency, locales, timeZone, features, limits }: Tenant) {
  return { id, slug, currency, locales, timeZone, features, limits };
}
