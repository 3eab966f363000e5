import { newId } from '@haat/kit/id';
import type { InternalContext, TenantFacts, Viewer } from '@haat/kit/identity';
import type { RunningSubgraph } from '@haat/kit-run/start';
import { readSigningKey, signContext } from '@haat/kit/signing';
import { testTenant } from '@haat/kit/testing/test-tenant';
import type { TestMarketplace } from '../support/test-marketplace.js';
import type { Arranged } from './case.js';
import type { AnyAnswer } from './outcome.js';

/** Long enough for any request of a test, in milliseconds. */
const deadlineMs = 20_000;

/** An operation straight at a subgraph, in a tenant and as a viewer that the gateway is made to vouch for. */
export interface Inside {
  readonly tenant: TenantFacts;
  readonly viewer: Viewer;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Asks a subgraph with the gateway's own signature, as somebody inside the network who has its key. */
export async function askInside({ secrets }: TestMarketplace, subgraph: RunningSubgraph, asked: Inside): Promise<AnyAnswer> {
  const now = new Date();
  const key = await readSigningKey(JSON.stringify(secrets.principals['gateway']?.signing.privateJwk));
  const context: InternalContext = { tenant: asked.tenant, viewer: asked.viewer, locale: 'en', requestId: newId('req'), deadlineAt: now.getTime() + deadlineMs, clientAddress: '192.0.2.1' };
  const contextToken = await signContext(key, subgraph.name, context, { now });
  return subgraph.execute({ query: asked.document, variables: asked.variables, contextToken });
}

/** A tenant as the gateway would know it, but for its limits. */
export async function factsOf({ query }: TestMarketplace, slug: string): Promise<TenantFacts> {
  const [row] = await query<Pick<TenantFacts, 'id' | 'slug' | 'currency' | 'locales'>>('select id, slug, currency, locales from tenants.tenant where slug = $1', [slug]);
  if (!row) throw new Error(`There is no tenant ${slug}.`);
  return testTenant(row);
}

/** The owner as a viewer with every right of the role, and at the vendor of theirs. */
export function viewerOf({ userId, sessionId, role, guestKey, vendorId }: Arranged['owner']): Viewer {
  return { kind: 'USER', userId, sessionId, roles: [role], grants: role === 'SHOPPER' ? [] : ['*'], vendors: vendorId === undefined ? [] : [{ id: vendorId, grants: ['*'] }], guestKey };
}
