import { newId } from '@haat/kit/id';
import type { VendorsTx } from '../context.js';
import { IdentityCheck, type CheckSubject } from './identity-check.js';

/** What is checked. */
export interface WantedCheck {
  readonly vendorId: string;
  readonly submissionId: string;
  readonly subjectKind: 'PERSON' | 'BUSINESS';
  readonly subject: CheckSubject;
}

/** Has the provider asked once this is committed. An earlier check of the same is given up. Without a provider, operators decide. */
export async function queueCheck(tx: VendorsTx, wanted: WantedCheck): Promise<void> {
  await tx.db.query(
    `update identity_check set status = 'HANDED_OVER', due_at = null, subject = null, version = version + 1 where tenant_id = $1 and submission_id = $2 and status in ('QUEUED', 'STARTED')`,
    [tx.tenant.id, wanted.submissionId],
  );
  if (tx.config.VERIFICATION_URL === '') return;
  const now = tx.clock.now();
  await tx.db.insert(IdentityCheck, {
    ...wanted, tenantId: tx.tenant.id, id: newId('vreq', now), version: 1, status: 'QUEUED', tenantSlug: tx.tenant.slug, reference: null, pageUrl: null, tries: 0, dueAt: now, reason: null,
  });
}
