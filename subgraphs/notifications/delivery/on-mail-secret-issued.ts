import { mailSecretIssued } from '@haat/schema/events/identity';
import { defineConsumer } from '@haat/kit/define';
import type { NotificationsTx } from '../context.js';
import { kindRules, TemplateKind } from '../template/template-kind.js';
import { queueDelivery } from './queue-delivery.js';

/** Queues the mail that identity wants sent. */
export const onMailSecretIssued = defineConsumer('on-mail-secret-issued', mailSecretIssued, async (tx: NotificationsTx, event) => {
  const { kind: name, userId, locale, expiresAt, sealed } = event.payload;
  const kind = TemplateKind[name];
  // A mail that only tells is as good tomorrow.
  const endsAt = kindRules[kind].hasSecret ? new Date(expiresAt) : undefined;
  await queueDelivery(tx, event, { kind, userId, locale, sealed, purpose: mailSecretIssued.key, expiresAt: endsAt });
});
