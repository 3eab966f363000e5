import { askSubjectOf } from '@haat/schema/ask';
import { keysList, tokenResolve, viewerResolve } from '@haat/schema/asks/identity';
import { tenantResolve } from '@haat/schema/asks/tenants';
import { subjectsOf } from '@haat/schema/event';
import { sessionRevoked, viewerChanged } from '@haat/schema/events/identity';
import { tenantChanged, tenantOpened } from '@haat/schema/events/tenants';

/** The only subjects the gateway's user at the broker needs: what it asks, and what makes its kept answers stale. */
export const gatewayNatsPermissions: { readonly publish: readonly string[]; readonly subscribe: readonly string[] } = {
  publish: [tenantResolve, viewerResolve, tokenResolve, keysList].map((contract) => askSubjectOf(contract)),
  subscribe: [tenantOpened, tenantChanged, sessionRevoked, viewerChanged].map((contract) => subjectsOf(contract)),
};
