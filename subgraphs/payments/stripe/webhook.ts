import { createHash } from 'node:crypto';
import type { Route, RouteResponse } from '@haat/kit/routes';
import Stripe from 'stripe';
import { accountOf, stripeOf } from '../account/account-of.js';
import type { PaymentsContext, PaymentsTx } from '../context.js';
import { recordDispute } from '../dispute/record-dispute.js';
import { AttemptRow } from '../payment/payment.row.js';
import { recordOutcome } from '../payment/record-outcome.js';
import { type CallbackNews, type PaymentSnapshot, ProviderAway, ProviderRefused } from '../provider/payment-provider.js';
import { takeRefund } from '../refund/take-refund.js';
import { keepMethod } from '../saved-method/keep-method.js';
import { newsOf } from './callback-news.js';

/** How old a signature may be, in seconds: what Stripe's own libraries take. No further ahead of our clock either. */
const toleranceSeconds = 300;

/** `POST /hooks/payments/stripe/<tenant slug>`: Stripe says what happened, as often and in whatever order it likes. */
export const stripeWebhook: Route = {
  method: 'POST',
  path: '/stripe/:tenant',
  bodyBytesMax: 512_000,
  caller: 'provider',
  async answer(given, request): Promise<RouteResponse> {
    const ctx = given as unknown as PaymentsContext;
    const account = accountOf(ctx.config, ctx.tenant.slug);
    const provider = stripeOf(ctx, ctx.tenant.slug);
    const body = await whole(request.body);
    const event = account && signedEvent(body, request.headers['stripe-signature'] ?? '', { secrets: account.webhookSecrets, now: ctx.clock.now() });
    if (!event || !provider) return { status: 401 };
    if (typeof event.id !== 'string' || typeof event.data?.object !== 'object') return { status: 400 };
    try {
      const news = await newsOf(event, provider);
      await ctx.transaction((tx) => take(tx, { event, body, news }));
      return { status: 200 };
    } catch (error) {
      // Stripe sends it again; what it carries is also found by the poll.
      if (!(error instanceof ProviderAway) && !(error instanceof ProviderRefused)) throw error;
      ctx.log.warn({ err: error, callback: event.id }, 'A callback could not be taken now.');
      return { status: 503 };
    }
  },
};

/** The event, where one of the secrets signed these very bytes a short time ago; else null. */
function signedEvent(body: Buffer, header: string, { secrets, now }: { readonly secrets: readonly string[]; readonly now: Date }): Stripe.Event | null {
  // The library looks at the past alone.
  if (header.split(',').some((part) => part.startsWith('t=') && Number.parseInt(part.slice(2), 10) > now.getTime() / 1_000 + toleranceSeconds)) return null;
  for (const secret of secrets) {
    try {
      return Stripe.webhooks.constructEvent(body, header, secret, toleranceSeconds, undefined, now.getTime());
    } catch {
      // Another secret may have signed it: the old one, while it is being replaced.
    }
  }
  return null;
}

/** Takes it in once, with its effect in the same commit. */
async function take(tx: PaymentsTx, { event, body, news }: { readonly event: Stripe.Event; readonly body: Buffer; readonly news: readonly CallbackNews[] }): Promise<void> {
  const digest = createHash('sha256').update(body).digest('base64url');
  const fresh: unknown[] = await tx.db.query(
    `insert into provider_callback (id, provider, type, digest, received_at) values ($1, 'STRIPE', $2, $3, $4) on conflict (tenant_id, id) do nothing returning id`, [event.id, event.type, digest, tx.clock.now()]);
  if (fresh.length === 0) return;
  for (const one of news) await takeOne(tx, one);
}

async function takeOne(tx: PaymentsTx, news: CallbackNews): Promise<void> {
  if (news.about === 'REFUND') return takeRefund(tx, news.snapshot);
  if (news.about === 'DISPUTE') return recordDispute(tx, news.snapshot);
  if (news.about === 'SETUP') return void (await keepMethod(tx, news.method));
  const attemptId = await attemptOf(tx, news.snapshot);
  if (attemptId !== null) await recordOutcome(tx, attemptId, news.snapshot);
}

/** The try it is about: by the provider's name of it, or, where we have not heard that yet, as we told the provider. Null where it is none of this tenant's. */
async function attemptOf(tx: PaymentsTx, { reference, attemptId }: PaymentSnapshot): Promise<string | null> {
  const known = await tx.db.findOneBy(AttemptRow, { tenantId: tx.tenant.id, provider: 'STRIPE', reference });
  return known?.id ?? attemptId;
}

async function whole(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
