import { platformTenantId } from '@haat/schema/ids';
import { newId } from '../id.js';
import type { TenantFacts, Viewer } from '../identity.js';

/** A tenant for a test: its own id, so that files and tests never meet. */
export function testTenant(facts: Partial<TenantFacts> = {}): TenantFacts {
  const id = facts.id ?? newId('ten');
  return { slug: `t-${id.slice(-12)}`, currency: 'EUR', locales: ['en', 'sv'], timeZone: 'UTC', features: [], limits: {}, ...facts, id };
}

/** The platform's own tenant. */
export const platformTenant: TenantFacts = testTenant({ id: platformTenantId, slug: 'haat' });

/** A signed-in person as the gateway would say. */
export function testViewer(userId: string, roles: Viewer['roles'], more: Partial<Viewer> = {}): Viewer {
  const grants = roles.includes('OPERATOR') || roles.includes('PLATFORM') ? ['*'] : [];
  return { kind: 'USER', userId, roles, grants, vendors: [], ...more };
}
