import { orderExpired, orderPlaced, orderRefundDue, vendorOrderCancelled } from '@haat/schema/events/orders';
import { Refusal } from '@haat/kit/refusal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderFacts, vendorOrderFacts } from '../testing/order-facts.js';
import { PaymentsRig, type Purchase } from '../testing/payments-rig.js';
import type { Thing } from '../testing/stand-in-api.js';

/** How many stories are told, from which seed on, and how long each is. */
const [stories, firstSeed, steps] = [Number(process.env['PAYMENT_STORIES'] ?? 3), Number(process.env['PAYMENT_SEED'] ?? 1), 14];

let rig: PaymentsRig;
beforeAll(async () => { rig = await PaymentsRig.start({ STRIPE_TIMEOUT_MS: '500' }); });
afterAll(() => rig[Symbol.asyncDispose]());

/** One order, and everybody who may do something to its payment; all choices come from one seed. */
class Story {
  readonly purchase: Purchase = rig.purchase();
  readonly told: Thing[] = [];
  #version = 1;
  #cancelled = 0;
  #refundDue = false;
  #isExpired = false;

  constructor(private state: number) {}

  /** The next choice, below `below`; mulberry32. */
  pick(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  }

  async step(): Promise<void> {
    const mishaps = ['away', 'lost'] as const;
    const what = [
      () => this.open(), () => this.open(), () => this.placed(), () => this.browser(), () => this.browser(), () => this.browser(), () => this.callBack(), () => this.callBack(), () => this.callBack(), () => rig.later(61),
      () => this.retry(), () => this.retry(), () => this.cancel(), () => this.expire(), () => { rig.stripe.mishaps.push(mishaps[this.pick(2)] ?? 'away'); return Promise.resolve(); },
    ];
    const chosen = [what[this.pick(what.length)], this.pick(3) === 0 ? what[this.pick(what.length)] : undefined];
    await Promise.all(chosen.map((work) => work?.()));
    this.told.push(...rig.intents(this.purchase).map((intent) => ({ ...intent })));
    rig.clock.advance(this.pick(3_000));
  }

  /** Everybody comes to an end: nothing goes wrong any more, callbacks come, and the order answers what was said too late. */
  async rest(): Promise<void> {
    rig.stripe.mishaps.length = 0;
    for (let n = 0; n < 4; n += 1) {
      await rig.later(400);
      await this.refundDue();
    }
    await this.expire();
    for (let n = 0; n < 4; n += 1) await rig.later(400);
    await this.refundDue();
    await rig.later(400);
  }

  get dueMinor(): number {
    const gone = this.purchase.wish.shares.slice(0, this.#cancelled).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    return this.#refundDue ? 0 : this.purchase.wish.amountMinor - gone;
  }

  /** Whoever asks gives up where another step moves the clock past their deadline meanwhile; what they asked for goes on. */
  private async open(): Promise<void> {
    await rig.open(this.purchase).catch((error: unknown) => { if (!(error instanceof Refusal)) throw error; });
  }

  private async placed(): Promise<void> {
    const { asker, wish } = this.purchase;
    await rig.subgraph.hear(orderPlaced, asker.tenant.id, { aggregate: { id: wish.orderId, version: 1 }, payload: { ...orderFacts(wish), savedPaymentMethodId: null, lines: wish.lines } });
  }

  /** The buyer pays or is declined, with any intent that is open. */
  private async browser(): Promise<void> {
    const open = rig.intents(this.purchase).filter(({ status }) => status === 'requires_payment_method' || status === 'requires_action');
    const intent = open[this.pick(Math.max(1, open.length))];
    if (!intent) return;
    const outcomes = [{ status: 'succeeded', amount_received: intent['amount'], next_action: null }, { status: 'succeeded', amount_received: intent['amount'], next_action: null }, { status: 'requires_action', next_action: { type: 'use_stripe_sdk' }, payment_method: 'pm_1' },
      { last_payment_error: { type: 'card_error', code: 'card_declined', message: 'No.', charge: `ch_${this.pick(1_000_000)}` }, status: 'requires_payment_method' }];
    rig.stripe.change(String(intent['id']), outcomes[this.pick(outcomes.length)] ?? {});
  }

  /** Of any moment so far, as often as it is picked. */
  private async callBack(): Promise<void> {
    const thing = this.told[this.pick(Math.max(1, this.told.length))];
    if (thing) await rig.callBack(this.purchase, thing, { id: `evt_${this.purchase.wish.orderId}_${this.pick(4)}` });
  }

  private async retry(): Promise<void> {
    const [row] = await rig.subgraph.query<{ id: string }>('select id from payments.payment where order_id = $1', [this.purchase.wish.orderId]);
    if (row) await rig.mutate(this.purchase.asker, 'retryPayment', { paymentId: row.id, idempotencyKey: `key-${this.pick(3)}` });
  }

  private async cancel(): Promise<void> {
    const at = this.#cancelled;
    const known = await rig.subgraph.query('select 1 from payments.payment where order_id = $1', [this.purchase.wish.orderId]);
    if (at > 1 || known.length === 0) return;
    this.#cancelled += 1;
    const facts = vendorOrderFacts(this.purchase.wish, at);
    await rig.subgraph.hear(vendorOrderCancelled, this.purchase.asker.tenant.id, { aggregate: { id: facts.vendorOrderId, version: 2 }, payload: { ...facts, cancelled: [], amountMinor: facts.totals.totalMinor, by: 'x', reason: 'x', shipped: false, wasConfirmed: true } });
  }

  private async expire(): Promise<void> {
    rig.clock.advance(1_801_000);
    await rig.subgraph.runJob('expire-payments');
    this.#isExpired = (await rig.saidNames(this.purchase)).includes('payment-expired');
    const { asker, wish } = this.purchase;
    if (this.#isExpired) await rig.subgraph.hear(orderExpired, asker.tenant.id, { aggregate: { id: wish.orderId, version: (this.#version += 1) }, payload: orderFacts(wish) });
  }

  /** As orders does: what was captured after the time was over, or after all was cancelled, is given back. */
  private async refundDue(): Promise<void> {
    const said = await rig.said(this.purchase);
    const at = said.findIndex(({ name }) => name === 'payment-captured');
    const isLate = said.slice(0, at).some(({ name }) => name === 'payment-expired') || (this.#cancelled === 2 && at >= 0);
    if (at < 0 || !isLate || this.#refundDue) return;
    this.#refundDue = true;
    const { asker, wish } = this.purchase;
    const payload = { orderId: wish.orderId, paymentId: String(said[at]?.payload['paymentId']), amountMinor: wish.amountMinor, currency: 'EUR', why: 'PAID_AFTER_EXPIRY' as const };
    await rig.subgraph.hear(orderRefundDue, asker.tenant.id, { aggregate: { id: wish.orderId, version: (this.#version += 1) }, payload });
  }
}

describe('in whatever order things happen', () => {
  it.each(Array.from({ length: stories }, (_, at) => firstSeed + at))('the provider\'s charges are what we know, each said once, and nobody pays more than is due: story %i [PAY-11, PAY-12, PAY-13]', async (seed) => {
    const story = new Story(seed);
    for (let n = 0; n < steps; n += 1) await story.step();
    await story.rest();
    const { purchase } = story;
    const intents = rig.intents(purchase);
    const charged = intents.reduce((sum, intent) => sum + Number(intent['amount_received']), 0);
    const ids = intents.map(({ id }) => id);
    const back = [...rig.stripe.things.values()].filter((thing) => thing['object'] === 'refund' && ids.includes(thing['payment_intent'])).reduce((sum, thing) => sum + Number(thing['amount']), 0);
    const payment = await rig.read(purchase);
    expect({ captured: (payment?.['captured'] as Thing | undefined)?.['minor'] ?? 0, refunded: (payment?.['refunded'] as Thing | undefined)?.['minor'] ?? 0 }).toEqual({ captured: charged, refunded: back });
    expect(charged - back).toBe(charged === 0 ? 0 : story.dueMinor);
    expect(intents.filter(({ status }) => status !== 'succeeded' && status !== 'canceled')).toEqual([]);
    const names = await rig.saidNames(purchase);
    expect(names.filter((name) => name === 'payment-captured').length).toBe(charged === 0 ? 0 : 1);
    expect(names.filter((name) => name === 'payment-expired').length).toBeLessThanOrEqual(1);
  });
});
