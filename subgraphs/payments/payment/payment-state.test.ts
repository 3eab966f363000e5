import { describe, expect, it } from 'vitest';
import { AttemptStatus, EventKind, PaymentStatus } from './payment-enums.js';
import { deriveAttempt, derivePayment, type PaymentFact } from './payment-state.js';

const start = Date.parse('2026-01-01T00:00:00Z');
const due = { provider: 'STRIPE', amountMinor: 100, dueMinor: 100, isHeld: false } as const;

/** Facts a second apart, each of one try unless it says so: `CHARGE_SUCCESS`, or with an amount. */
function facts(...kinds: readonly (EventKind | [EventKind, number, (string | null)?])[]): PaymentFact[] {
  return kinds.map((one, second) => {
    const [kind, amountMinor, attemptId = 'att_1'] = Array.isArray(one) ? one : [one, 100];
    return { kind, amountMinor, attemptId, reference: `${second}`, at: new Date(start + second * 1_000) };
  });
}

/** The same, where what is said of disputes is of these, in order. */
function disputed(heard: readonly PaymentFact[], ...disputes: string[]): PaymentFact[] {
  return heard.map((fact) => (fact.kind === EventKind.CHARGE_BACK || fact.kind === EventKind.CHARGE_BACK_REVERSE ? { ...fact, reference: disputes.shift() ?? '' } : fact));
}

const K = EventKind;
const S = PaymentStatus;

describe('what a payment has come to', () => {
  it.each<[PaymentStatus, PaymentFact[]]>([
    [S.OPENING, []],
    [S.REQUIRES_ACTION, facts(K.OPENED)],
    [S.REQUIRES_ACTION, facts(K.OPENED, K.CHARGE_FAILURE, K.ACTION_REQUIRED)],
    [S.PROCESSING, facts(K.OPENED, K.PROCESSING)],
    [S.FAILED, facts(K.OPENED, K.CHARGE_FAILURE)],
    [S.CANCELLED, facts(K.OPENED, K.CANCEL_SUCCESS)],
    [S.REQUIRES_ACTION, facts(K.OPENED, K.CANCEL_SUCCESS, [K.OPENED, 100, 'att_2'])],
    [S.EXPIRED, facts(K.OPENED, K.CANCEL_SUCCESS, [K.EXPIRED, 100, null])],
    [S.EXPIRED, facts(K.OPENED, [K.EXPIRED, 100, null], K.AUTHORIZATION_SUCCESS)],
    [S.CANCELLED, facts(K.OPENED, [K.CANCEL_SUCCESS, 100, null], K.CHARGE_FAILURE)],
    [S.AUTHORIZED, facts(K.OPENED, K.AUTHORIZATION_SUCCESS)],
    [S.PARTIALLY_CAPTURED, facts(K.AUTHORIZATION_SUCCESS, [K.CHARGE_SUCCESS, 60])],
    [S.CAPTURED, facts(K.OPENED, K.CHARGE_FAILURE, K.CHARGE_SUCCESS)],
    [S.CAPTURED, facts([K.EXPIRED, 100, null], K.CHARGE_SUCCESS)],
    [S.CAPTURED, facts(K.CHARGE_SUCCESS, [K.CHARGE_SUCCESS, 100, 'att_2'], [K.REFUND_SUCCESS, 100, 'att_2'])],
    [S.PARTIALLY_REFUNDED, facts(K.CHARGE_SUCCESS, [K.REFUND_SUCCESS, 10])],
    [S.REFUNDED, facts(K.CHARGE_SUCCESS, [K.REFUND_SUCCESS, 10], [K.REFUND_SUCCESS, 90])],
    [S.CAPTURED, facts(K.CHARGE_SUCCESS, [K.REFUND_SUCCESS, 10], [K.REFUND_REVERSE, 10])],
    [S.DISPUTED, facts(K.CHARGE_SUCCESS, K.CHARGE_BACK)],
    [S.CAPTURED, disputed(facts(K.CHARGE_SUCCESS, K.CHARGE_BACK, K.CHARGE_BACK_REVERSE), 'dp_1', 'dp_1')],
    [S.CAPTURED, disputed(facts(K.CHARGE_SUCCESS, K.CHARGE_BACK, [K.CHARGE_BACK_REVERSE, 90]), 'dp_1', 'dp_1')],
    [S.DISPUTED, disputed(facts(K.CHARGE_SUCCESS, [K.CHARGE_BACK, 40], [K.CHARGE_BACK, 60], [K.CHARGE_BACK_REVERSE, 100]), 'dp_1', 'dp_2', 'dp_2')],
  ])('is %s', (status, heard) => expect(derivePayment(due, heard).status).toBe(status));

  it('is the same in whatever order money and its way were heard of', () => {
    const heard = facts(K.OPENED, K.ACTION_REQUIRED, K.CHARGE_FAILURE, K.PROCESSING, K.AUTHORIZATION_SUCCESS, [K.CHARGE_SUCCESS, 100], [K.REFUND_SUCCESS, 30]);
    const expected = { status: S.PARTIALLY_REFUNDED, authorizedMinor: 0, capturedMinor: 100, refundedMinor: 30 };
    for (let turn = 0; turn < heard.length; turn += 1) expect(derivePayment(due, [...heard.slice(turn), ...heard.slice(0, turn)])).toEqual(expected);
    expect(derivePayment(due, heard.toReversed())).toEqual(expected);
  });

  it('is by the provider\'s clock on the way, whoever was heard last', () => {
    const [failed, opened] = facts(K.OPENED, K.CHARGE_FAILURE).toReversed();
    expect(derivePayment(due, [failed, opened].flatMap((fact) => fact ?? [])).status).toBe(S.FAILED);
  });

  it('is held while nobody looked, and due at the door for cash', () => {
    expect(derivePayment({ ...due, isHeld: true }, facts(K.OPENED, K.CHARGE_FAILURE)).status).toBe(S.PROCESSING);
    expect(derivePayment({ ...due, provider: 'CASH_ON_DELIVERY' }, facts([K.OPENED, 100, null])).status).toBe(S.PENDING_COLLECTION);
    expect(derivePayment({ ...due, provider: 'CASH_ON_DELIVERY' }, facts(K.CHARGE_FAILURE)).status).toBe(S.FAILED);
    expect(derivePayment({ ...due, amountMinor: 0, dueMinor: 0 }, facts([K.CHARGE_SUCCESS, 0, null])).status).toBe(S.CAPTURED);
  });

  it('counts a cancelled part as nothing to be paid', () => expect(derivePayment({ ...due, dueMinor: 60 }, facts([K.CHARGE_SUCCESS, 60])).status).toBe(S.CAPTURED));
});

describe('what a try has come to', () => {
  it.each<[AttemptStatus, PaymentFact[]]>([
    [AttemptStatus.CREATED, []],
    [AttemptStatus.REQUIRES_ACTION, facts(K.OPENED, K.CHARGE_FAILURE)],
    [AttemptStatus.PROCESSING, facts(K.OPENED, K.PROCESSING)],
    [AttemptStatus.AUTHORIZED, facts(K.OPENED, K.AUTHORIZATION_SUCCESS)],
    [AttemptStatus.CANCELLED, facts(K.AUTHORIZATION_SUCCESS, K.CANCEL_SUCCESS)],
    [AttemptStatus.CAPTURED, facts(K.CHARGE_SUCCESS, K.OPENED)],
    [AttemptStatus.PARTIALLY_CAPTURED, facts([K.CHARGE_SUCCESS, 40])],
  ])('is %s', (status, heard) => expect(deriveAttempt(heard, 100)).toBe(status));
});
