import { boundary } from '@haat/kit/boundary';
import type { NotificationsContext } from '../context.js';
import { composeMail } from '../mail/compose-mail.js';
import { mailFailure } from '../mail/mail-failure.js';
import type { SendMail } from '../mail/smtp.js';
import { marketplaces } from '../marketplace/marketplace.row.js';
import { attemptsMax, backOffMs } from './back-off.js';
import { claimDelivery, type ClaimedDelivery } from './claim-delivery.js';
import { contentOf } from './mail-content.js';
import { settleDelivery, type Outcome } from './settle-delivery.js';

/**
 * Sends one delivery that is due, and writes down what became of it. Dying between the mail server's yes and that
 * leaves a claim that runs out: then the mail goes out again, under the same Message-ID.
 */
export async function sendDelivery(ctx: NotificationsContext, send: SendMail, id: string): Promise<void> {
  const delivery = await claimDelivery(ctx, id);
  if (!delivery) return;
  const outcome = await outcomeOf(ctx, send, delivery);
  await settleDelivery(ctx, delivery, outcome);
  const facts = { delivery: id, kind: delivery.kind, attempts: delivery.attempts, status: outcome.status };
  if (outcome.status === 'SENT') ctx.log.info(facts, 'A mail was sent.');
  else ctx.log.warn({ ...facts, reason: outcome.reason }, 'A mail was not sent.');
}

async function outcomeOf(ctx: NotificationsContext, send: SendMail, delivery: ClaimedDelivery): Promise<Outcome> {
  const { kind, sealed, attempts, expiresAt } = delivery;
  if (expiresAt && expiresAt <= ctx.clock.now()) return { status: 'SUPPRESSED', reason: 'What the mail brings is no longer good.' };
  if (attempts > attemptsMax || !sealed) return { status: 'FAILED', reason: delivery.reason ?? 'It was begun too often and never finished.' };
  const marketplace = await ctx.db.collection(marketplaces).findById(ctx.tenant.id);
  if (!marketplace) return again(ctx, delivery, 'The marketplace is not known here yet.');
  if (marketplace.status === 'CLOSED') return { status: 'SUPPRESSED', reason: 'The marketplace is closed.' };
  const content = contentOf(kind, await ctx.unseal({ tenantId: delivery.tenantId, purpose: sealed.purpose }, sealed.text));
  const { mail, locale, templateVersion } = await composeMail(ctx, marketplace, { ...content, deliveryId: delivery._id, kind, vendorName: delivery.vendorName, news: delivery.news, locale: delivery.locale, expiresAt });
  try {
    await boundary('notifications/smtp:before');
    const providerId = await send(mail);
    await boundary('notifications/smtp:after');
    return { status: 'SENT', providerId, locale, templateVersion };
  } catch (error) {
    const { isPermanent, reason } = mailFailure(error, content.secret);
    return isPermanent ? { status: 'FAILED', reason } : again(ctx, delivery, reason);
  }
}

/** Another try later, unless this was the last one, or the pause is longer than the mail is good. */
function again(ctx: NotificationsContext, { attempts, expiresAt }: ClaimedDelivery, reason: string): Outcome {
  if (attempts >= attemptsMax) return { status: 'FAILED', reason };
  const dueAt = new Date(ctx.clock.now().getTime() + backOffMs(attempts, Math.random()));
  if (expiresAt && dueAt >= expiresAt) return { status: 'FAILED', reason };
  return { status: 'QUEUED', reason, dueAt };
}
