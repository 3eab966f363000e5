import { askSubjectOf } from '@haat/schema/ask';
import { keysList, tokenResolve, viewerResolve } from '@haat/schema/asks/identity';
import { partnerOperation, partnerResolve, usageReport } from '@haat/schema/asks/partners';
import { tenantResolve } from '@haat/schema/asks/tenants';
import { subjectsOf } from '@haat/schema/event';
import { sessionRevoked, viewerChanged } from '@haat/schema/events/identity';
import { tenantChanged, tenantOpened } from '@haat/schema/events/tenants';
import { levelsBucket } from './rate/shared-levels.js';

/** The stream behind the key-value bucket of rate limits, which gateways make and use; nobody else does. */
const levelsStream = `KV_${levelsBucket}`;

/** Reading and changing levels by JetStream's own subjects. */
const levels = [
  '$JS.API.INFO', `$JS.API.STREAM.INFO.${levelsStream}`, `$JS.API.STREAM.CREATE.${levelsStream}`,
  `$JS.API.STREAM.MSG.GET.${levelsStream}`, `$JS.API.DIRECT.GET.${levelsStream}.>`, `$KV.${levelsBucket}.>`,
];

/** Reading any producer's stream, for live fields: which of them are live, the supergraph says. Nothing is made or changed at the broker for it. */
const live = { publish: ['$JS.API.DIRECT.GET.*', '$JS.API.STREAM.INFO.*'], subscribe: ['events.>'] };

/** The only subjects the gateway's user at the broker needs: what it asks and answers, what makes its kept answers stale, rate limits, and events of live fields. */
export const gatewayNatsPermissions: { readonly publish: readonly string[]; readonly subscribe: readonly string[] } = {
  publish: [tenantResolve, viewerResolve, tokenResolve, keysList, partnerResolve, partnerOperation, usageReport].map((contract) => askSubjectOf(contract)).concat(levels, live.publish),
  subscribe: [tenantOpened, tenantChanged, sessionRevoked, viewerChanged].map((contract) => subjectsOf(contract)).concat('asks.gateway.>', live.subscribe),
};
