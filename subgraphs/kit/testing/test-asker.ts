import type { Clock } from '../clock.js';
import { newId } from '../id.js';
import { guest, type InternalContext, type TenantFacts, type Viewer } from '../identity.js';

/** Long enough for any test's request, in milliseconds. */
const deadlineMs = 20_000;

/** Who asks in a test, and where. */
export interface TestAsker {
  readonly tenant: TenantFacts;
  readonly viewer?: Viewer;
  readonly locale?: string;
  readonly idempotencyKey?: string;
  readonly clientAddress?: string;
}

/** What the gateway would say of who asks. */
export function contextFor(asker: TestAsker, clock: Clock): InternalContext {
  return {
    tenant: asker.tenant, viewer: asker.viewer ?? guest, locale: asker.locale ?? asker.tenant.locales[0] ?? 'en', requestId: newId('req'),
    deadlineAt: clock.now().getTime() + deadlineMs, idempotencyKey: asker.idempotencyKey, clientAddress: asker.clientAddress ?? '192.0.2.1', clientAgent: 'test',
  };
}
