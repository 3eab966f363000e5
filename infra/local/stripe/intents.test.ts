import { eventually } from '@haat/kit/testing/eventually';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './testing/shop.js';
import { refused } from './testing/refused.js';

describe('payment intents at the simulated Stripe', () => {
  let shop: Shop;
  beforeAll(async () => { shop = await openShop(); });
  afterAll(() => shop[Symbol.asyncDispose]());

  const open = (more: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.PaymentIntent> =>
    shop.stripe.paymentIntents.create({ amount: 66_760, currency: 'bdt', allowed_payment_method_types: ['card'], metadata: { attempt: 'att_1' }, ...more });

  it('take the money of a card that succeeds, and tell it', async () => {
    const intent = await open();
    expect(intent).toMatchObject({ status: 'requires_payment_method', amount: 66_760, currency: 'bdt', metadata: { attempt: 'att_1' }, livemode: false, latest_charge: null });
    const paid = await shop.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa', expand: ['latest_charge'] });
    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 66_760, latest_charge: { object: 'charge', captured: true, amount_captured: 66_760, payment_intent: intent.id } });
    await eventually(() => shop.types(intent.id).includes('payment_intent.succeeded'));
    expect(shop.types(intent.id)).toEqual(['payment_intent.created', 'payment_intent.succeeded']);
    expect(await shop.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded', client_secret: intent.client_secret });
    expect(await refused(shop.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }))).toMatchObject({ code: 'payment_intent_unexpected_state', payment_intent: { status: 'succeeded' } });
    expect(await refused(shop.stripe.paymentIntents.cancel(intent.id))).toMatchObject({ code: 'payment_intent_unexpected_state' });
  });

  it.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'], ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'], ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
  ])('are declined for %s, and take another card then', async (card, code, decline) => {
    const intent = await open();
    const error = await refused(shop.stripe.paymentIntents.confirm(intent.id, { payment_method: card }));
    expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code, decline_code: decline, payment_intent: { id: intent.id, status: 'requires_payment_method', payment_method: null, last_payment_error: { code } } });
    await eventually(() => shop.types(intent.id).includes('payment_intent.payment_failed'));
    expect(await shop.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_mastercard' })).toMatchObject({ status: 'succeeded', last_payment_error: null });
  });

  it.each(['pm_card_threeDSecure2Required', 'pm_card_authenticationRequiredOnSetup'])('ask for 3-D Secure with %s, and are paid when it is done', async (card) => {
    const intent = await open();
    const asked = await shop.stripe.paymentIntents.confirm(intent.id, { payment_method: card, return_url: 'https://shop.example/back' });
    expect(asked).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: 'https://shop.example/back' } } });
    expect(await shop.simulator.control.authenticate(intent.id, true)).toMatchObject({ status: 'succeeded', amount_received: 66_760, next_action: null });
    await eventually(() => shop.types(intent.id).includes('payment_intent.succeeded'));
    expect(shop.types(intent.id)).toEqual(['payment_intent.created', 'payment_intent.requires_action', 'payment_intent.succeeded']);
  });

  it('wait for another card when 3-D Secure fails, and decline it where nobody is there', async () => {
    const intent = await open();
    await shop.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_threeDSecure2Required' });
    expect(await shop.simulator.control.authenticate(intent.id, false)).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code: 'payment_intent_authentication_failure' } });
    const error = await refused(shop.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_threeDSecure2Required', off_session: true }));
    expect(error).toMatchObject({ code: 'authentication_required', payment_intent: { status: 'requires_payment_method' } });
  });

  it('hold an amount, and take it or a part of it once', async () => {
    const whole = await open({ capture_method: 'manual', confirm: true, payment_method: 'pm_card_visa' });
    expect(whole).toMatchObject({ status: 'requires_capture', amount_capturable: 66_760, amount_received: 0 });
    await eventually(() => shop.types(whole.id).includes('payment_intent.amount_capturable_updated'));
    expect(await refused(shop.stripe.paymentIntents.capture(whole.id, { amount_to_capture: 66_761 }))).toMatchObject({ param: 'amount_to_capture', statusCode: 400 });
    expect(await shop.stripe.paymentIntents.capture(whole.id)).toMatchObject({ status: 'succeeded', amount_received: 66_760 });
    const part = await open({ capture_method: 'manual', confirm: true, payment_method: 'pm_card_visa' });
    expect(await shop.stripe.paymentIntents.capture(part.id, { amount_to_capture: 60_000, expand: ['latest_charge'] })).toMatchObject({ amount_received: 60_000, amount_capturable: 0, latest_charge: { amount_captured: 60_000 } });
    expect(await refused(shop.stripe.paymentIntents.capture(part.id, { amount_to_capture: 1_000 }))).toMatchObject({ code: 'payment_intent_unexpected_state', payment_intent: { id: part.id, status: 'succeeded' } });
  });

  it('are cancelled by the shop or run out, and let go what they held', async () => {
    const intent = await open({ capture_method: 'manual', confirm: true, payment_method: 'pm_card_visa' });
    expect(await shop.stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'requested_by_customer' })).toMatchObject({ status: 'canceled', amount_capturable: 0, cancellation_reason: 'requested_by_customer' });
    expect(await refused(shop.stripe.paymentIntents.cancel(intent.id))).toMatchObject({ code: 'payment_intent_unexpected_state', payment_intent: { status: 'canceled' } });
    const late = await open({ capture_method: 'manual', confirm: true, payment_method: 'pm_card_visa' });
    expect(await shop.simulator.control.expire(late.id)).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic' });
    await eventually(() => shop.types(late.id).includes('payment_intent.canceled'));
    expect((await shop.stripe.charges.list({ payment_intent: late.id })).data).toMatchObject([{ refunded: true, amount_captured: 0 }]);
  });

  it('are in the works until they are settled', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    expect(await shop.stripe.paymentIntents.confirm(one.id, { payment_method: 'pm_card_sim_slow' })).toMatchObject({ status: 'processing' });
    await shop.stripe.paymentIntents.confirm(other.id, { payment_method: 'pm_card_sim_slow' });
    expect(await shop.simulator.control.settle(one.id, true)).toMatchObject({ status: 'succeeded' });
    expect(await shop.simulator.control.settle(other.id, false)).toMatchObject({ status: 'requires_payment_method' });
    await eventually(() => shop.types(one.id).includes('payment_intent.succeeded'));
    expect(shop.types(one.id)).toContain('payment_intent.processing');
  });

  it('are changed while they are open', async () => {
    const intent = await open();
    expect(await shop.stripe.paymentIntents.update(intent.id, { amount: 70_000, metadata: { attempt: '', order: 'ord_1' } })).toMatchObject({ amount: 70_000, metadata: { order: 'ord_1' } });
    await shop.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    const other = await open();
    expect(await shop.simulator.control.change(other.id, { amount: 66_759, currency: 'usd' })).toMatchObject({ amount: 66_759, currency: 'usd', metadata: { attempt: 'att_1' } });
    expect(await shop.simulator.control.pay(other.id, '4242424242424242')).toMatchObject({ status: 'succeeded', amount_received: 66_759 });
    expect(await refused(shop.stripe.paymentIntents.update(intent.id, { amount: 1 }))).toMatchObject({ code: 'payment_intent_unexpected_state' });
    expect(await shop.stripe.paymentIntents.update(intent.id, { description: 'late words' })).toMatchObject({ description: 'late words' });
  });

  it('are listed in pages, the newest first', async () => {
    const customer = await shop.stripe.customers.create({});
    const made = [await open({ customer: customer.id }), await open({ customer: customer.id }), await open({ customer: customer.id })].map(({ id }) => id);
    const first = await shop.stripe.paymentIntents.list({ customer: customer.id, limit: 2 });
    expect([first.data.map(({ id }) => id), first.has_more]).toEqual([[made[2], made[1]], true]);
    const all: string[] = [];
    for await (const { id } of shop.stripe.paymentIntents.list({ customer: customer.id, limit: 1 })) all.push(id);
    expect(all).toEqual([...made].reverse());
  });

  it('ask for a return URL where a method may send the buyer away', async () => {
    const intent = await shop.stripe.paymentIntents.create({ amount: 500, currency: 'usd', automatic_payment_methods: { enabled: true } });
    expect(intent.automatic_payment_methods).toEqual({ allow_redirects: 'always', enabled: true });
    expect(await refused(shop.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }))).toMatchObject({ param: 'return_url' });
    expect(await shop.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa', return_url: 'https://shop.example/' })).toMatchObject({ status: 'succeeded' });
  });
});
