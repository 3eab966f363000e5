import { vendorApproved, vendorMemberChanged, vendorSuspended } from '@haat/schema/events/vendors';
import { defineConsumer } from '@haat/kit/define';
import type { NotificationsTx } from '../context.js';
import { NotificationKind } from '../notice/notice-kind.js';
import { queueNotices } from '../notice/queue-notices.js';
import { vendorMembers } from './vendor-member.row.js';

/** Learns who works for a vendor, and with which rights. */
export const onVendorMemberChanged = defineConsumer('on-vendor-member-changed', vendorMemberChanged, async (tx: NotificationsTx, event) => {
  const { memberId, vendorId, userId, status, grants } = event.payload;
  const memberVersion = event.aggregate.version;
  await tx.db.collection(vendorMembers).changeOrInsert(memberId, (kept) => (kept !== undefined && kept.memberVersion >= memberVersion ? undefined : { vendorId, userId, status, grants, memberVersion }));
});

/** Tells who runs a vendor that it may sell. */
export const onVendorApproved = defineConsumer('on-vendor-approved', vendorApproved, async (tx: NotificationsTx, event) => {
  const { vendorId, name: vendorName } = event.payload;
  await queueNotices(tx, event, [{ kind: NotificationKind.VENDOR_APPROVED, vendorId, vendorName }]);
});

/** Tells who runs a vendor that it may not sell for now. */
export const onVendorSuspended = defineConsumer('on-vendor-suspended', vendorSuspended, async (tx: NotificationsTx, event) => {
  const { vendorId, name: vendorName } = event.payload;
  await queueNotices(tx, event, [{ kind: NotificationKind.VENDOR_SUSPENDED, vendorId, vendorName }]);
});
