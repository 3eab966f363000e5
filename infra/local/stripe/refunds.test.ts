import { eventually } from '@haat/kit/testing/eventually';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './testing/shop.js';
import { refused } from './testing/refused.js';

describe('money given back by the simulated Stripe', () => {
  let shop: Shop;
  beforeAll(async () => { shop = await openShop(); });
  afterAll(() => shop[Symbol.asyncDispose]());

  const paid = (card = 'pm_card_visa', more: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.PaymentIntent> =>
    shop.stripe.paymentIntents.create({ amount: 10_000, currency: 'bdt', allowed_payment_method_types: ['card'], confirm: true, payment_method: card, ...more });

  it('is a part of a charge, then another, then the rest, and never more', async () => {
    const intent = await paid();
    const refund = await shop.stripe.refunds.create({ payment_intent: intent.id, amount: 3_000, metadata: { refund: 'rfd_1' } });
    expect(refund).toMatchObject({ object: 'refund', amount: 3_000, currency: 'bdt', status: 'succeeded', payment_intent: intent.id, metadata: { refund: 'rfd_1' } });
    expect(await refused(shop.stripe.refunds.create({ payment_intent: intent.id, amount: 7_001 }))).toMatchObject({ statusCode: 400, param: 'amount', message: expect.stringContaining('greater than unrefunded amount') });
    expect(await shop.stripe.refunds.create({ payment_intent: intent.id })).toMatchObject({ amount: 7_000 });
    expect(await refused(shop.stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({ code: 'charge_already_refunded' });
    expect((await shop.stripe.refunds.list({ payment_intent: intent.id })).data.map(({ amount }) => amount)).toEqual([7_000, 3_000]);
    expect((await shop.stripe.charges.list({ payment_intent: intent.id })).data).toMatchObject([{ amount_refunded: 10_000, refunded: true }]);
    await eventually(() => shop.types(refund.id).includes('refund.created'));
    await eventually(() => shop.received.filter(({ event }) => event.type === 'charge.refunded').length === 2);
  });

  it('is at most what was captured, and nothing of what was not', async () => {
    const held = await paid('pm_card_visa', { capture_method: 'manual' });
    expect(await refused(shop.stripe.refunds.create({ payment_intent: held.id }))).toMatchObject({ code: 'payment_intent_unexpected_state' });
    await shop.stripe.paymentIntents.capture(held.id, { amount_to_capture: 4_000 });
    expect(await refused(shop.stripe.refunds.create({ payment_intent: held.id, amount: 4_001 }))).toMatchObject({ message: expect.stringContaining('greater than charge amount') });
    expect(await shop.stripe.refunds.create({ payment_intent: held.id })).toMatchObject({ amount: 4_000 });
  });

  it('pends or fails later where the card says so, and can be given back again then', async () => {
    const slow = await shop.stripe.refunds.create({ payment_intent: (await paid('pm_card_pendingRefund')).id });
    expect(slow.status).toBe('pending');
    await eventually(() => shop.types(slow.id).includes('refund.updated'));
    expect(await shop.stripe.refunds.retrieve(slow.id)).toMatchObject({ status: 'succeeded' });
    const intent = await paid('pm_card_refundFail');
    const failing = await shop.stripe.refunds.create({ payment_intent: intent.id });
    expect(failing.status).toBe('succeeded');
    await eventually(() => shop.types(failing.id).includes('refund.failed'));
    expect(await shop.stripe.refunds.retrieve(failing.id)).toMatchObject({ status: 'failed', failure_reason: 'lost_or_stolen_card' });
    expect(await shop.stripe.refunds.create({ payment_intent: intent.id })).toMatchObject({ amount: 10_000 });
  });

  it('fails when it is told to', async () => {
    const refund = await shop.stripe.refunds.create({ payment_intent: (await paid()).id });
    expect(await shop.simulator.control.endRefund(refund.id, 'failed', 'expired_or_canceled_card')).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' });
  });

  it('is taken by a dispute of the card, or when it is told to, until somebody decides', async () => {
    const intent = await paid('pm_card_createDispute');
    const [dispute] = (await shop.stripe.disputes.list({ payment_intent: intent.id })).data;
    expect(dispute).toMatchObject({ reason: 'fraudulent', status: 'needs_response', amount: 10_000, payment_intent: intent.id });
    expect(await refused(shop.stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({ code: 'charge_disputed' });
    await shop.stripe.disputes.update(dispute?.id ?? '', { evidence: { uncategorized_text: 'winning_evidence' } });
    await eventually(() => shop.types(dispute?.id ?? '').includes('charge.dispute.closed'));
    expect(await shop.stripe.disputes.retrieve(dispute?.id ?? '')).toMatchObject({ status: 'won', evidence_details: { has_evidence: true, submission_count: 1 } });
    const told = await shop.simulator.control.dispute((await paid()).id, { reason: 'product_not_received', amount: 2_500 });
    expect(await shop.stripe.disputes.retrieve(told.id)).toMatchObject({ reason: 'product_not_received', amount: 2_500 });
    expect(await shop.simulator.control.closeDispute(told.id, 'lost')).toMatchObject({ status: 'lost' });
    await eventually(() => shop.types(told.id).includes('charge.dispute.closed'));
    expect(shop.types(told.id)).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn', 'charge.dispute.closed']);
  });
});
