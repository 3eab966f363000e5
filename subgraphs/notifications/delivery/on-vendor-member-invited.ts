import { vendorMemberInvited } from '@haat/schema/events/vendors';
import { defineConsumer } from '@haat/kit/define';
import type { NotificationsTx } from '../context.js';
import { TemplateKind } from '../template/template-kind.js';
import { queueDelivery } from './queue-delivery.js';

/** Queues the mail that asks somebody to work for a vendor. */
export const onVendorMemberInvited = defineConsumer('on-vendor-member-invited', vendorMemberInvited, async (tx: NotificationsTx, event) => {
  const { vendorName, locale, expiresAt, sealed } = event.payload;
  await queueDelivery(tx, event, { kind: TemplateKind.VENDOR_INVITATION, vendorName, locale, sealed, purpose: vendorMemberInvited.key, expiresAt: new Date(expiresAt) });
});
