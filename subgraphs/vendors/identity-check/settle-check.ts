import type { VendorsTx } from '../context.js';
import { moveOn } from '../requirement/move-on.js';
import { SubmissionStatus } from '../requirement/requirement-kind.js';
import { RequirementSubmission } from '../requirement/requirement-rule.js';
import { lockedVendor } from '../vendor/find-vendors.js';
import { IdentityCheck } from './identity-check.js';

/** A check that is under way, with its vendor locked first, as everywhere. Nothing once it has ended. */
export async function openCheck(tx: VendorsTx, id: string): Promise<IdentityCheck | null> {
  const where = { tenantId: tx.tenant.id, id };
  const seen = await tx.db.findOneBy(IdentityCheck, where);
  if (!seen) return null;
  await lockedVendor(tx, seen.vendorId);
  const check = await tx.db.findOneBy(IdentityCheck, where);
  return check && (check.status === 'QUEUED' || check.status === 'STARTED') ? check : null;
}

/** Ends a check and decides what was handed in; the first end counts, and nothing of the person stays. */
export async function settleCheck(tx: VendorsTx, check: IdentityCheck, end: { readonly status: 'PASSED' | 'FAILED' | 'HANDED_OVER'; readonly reason?: string }): Promise<void> {
  const reason = end.reason ?? null;
  await tx.db.save(Object.assign(check, { status: end.status, reason, subject: null, dueAt: null, version: check.version + 1 }));
  if (end.status === 'HANDED_OVER') return;
  const submission = await tx.db.findOneByOrFail(RequirementSubmission, { tenantId: tx.tenant.id, id: check.submissionId });
  if (submission.status !== SubmissionStatus.PENDING) return;
  const status = end.status === 'PASSED' ? SubmissionStatus.ACCEPTED : SubmissionStatus.REJECTED;
  await tx.db.save(Object.assign(submission, { status, note: reason, decidedBy: 'verification', decidedAt: tx.clock.now(), version: submission.version + 1 }));
  await moveOn(tx, await lockedVendor(tx, check.vendorId));
}
