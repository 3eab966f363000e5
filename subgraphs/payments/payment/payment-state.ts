import { AttemptStatus, EventKind, PaymentStatus, type ProviderName } from './payment-enums.js';

/** What the rules need of an event; lists of them are in the order in which they were heard. */
export interface PaymentFact {
  readonly attemptId: string | null;
  readonly reference: string;
  readonly kind: EventKind;
  readonly amountMinor: number;
  readonly at: Date;
}

/** What the rules need of a payment. */
export interface PaymentDue {
  readonly provider: ProviderName;
  /** What was ordered. */
  readonly amountMinor: number;
  /** What is to be paid: all shares, without what was cancelled. */
  readonly dueMinor: number;
  readonly isHeld: boolean;
}

/** Amounts and status of a payment. */
export interface DerivedPayment {
  readonly status: PaymentStatus;
  /** Promised and not taken yet. */
  readonly authorizedMinor: number;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
}

/**
 * What a payment has come to, of everything that happened to it, in whatever order it was heard: money that was taken outweighs
 * all that was said of the way there.
 */
export function derivePayment({ provider, amountMinor, dueMinor, isHeld }: PaymentDue, facts: readonly PaymentFact[]): DerivedPayment {
  const capturedMinor = sumOf(facts, EventKind.CHARGE_SUCCESS);
  const refundedMinor = sumOf(facts, EventKind.REFUND_SUCCESS) - sumOf(facts, EventKind.REFUND_REVERSE);
  const authorizedMinor = promised(facts);
  const amounts = { authorizedMinor, capturedMinor, refundedMinor };
  return { ...amounts, status: ofMoney(facts, { amountMinor, dueMinor, ...amounts }) ?? (isHeld ? PaymentStatus.PROCESSING : ofTheWay(provider, facts)) };
}

/** What one attempt has come to. `captureDueMinor` is what it was to take. */
export function deriveAttempt(facts: readonly PaymentFact[], captureDueMinor: number): AttemptStatus {
  const capturedMinor = sumOf(facts, EventKind.CHARGE_SUCCESS);
  if (capturedMinor > 0) return capturedMinor < captureDueMinor ? AttemptStatus.PARTIALLY_CAPTURED : AttemptStatus.CAPTURED;
  if (has(facts, EventKind.CANCEL_SUCCESS)) return AttemptStatus.CANCELLED;
  if (promised(facts) > 0) return AttemptStatus.AUTHORIZED;
  const last = lastOf(facts, [EventKind.PROCESSING, EventKind.ACTION_REQUIRED, EventKind.CHARGE_FAILURE, EventKind.OPENED]);
  if (last === EventKind.PROCESSING) return AttemptStatus.PROCESSING;
  return last === undefined ? AttemptStatus.CREATED : AttemptStatus.REQUIRES_ACTION;
}

interface Amounts extends Omit<DerivedPayment, 'status'> {
  readonly amountMinor: number;
  readonly dueMinor: number;
}

/** What went back of a payment made twice leaves it paid. */
function ofMoney(facts: readonly PaymentFact[], { amountMinor, dueMinor, capturedMinor, refundedMinor, authorizedMinor }: Amounts): PaymentStatus | undefined {
  if (isDisputed(facts)) return PaymentStatus.DISPUTED;
  if (capturedMinor > 0 && refundedMinor >= capturedMinor) return PaymentStatus.REFUNDED;
  if (refundedMinor > 0 && capturedMinor - refundedMinor < amountMinor) return PaymentStatus.PARTIALLY_REFUNDED;
  if (capturedMinor > 0) return capturedMinor < dueMinor ? PaymentStatus.PARTIALLY_CAPTURED : PaymentStatus.CAPTURED;
  if (amountMinor === 0 && has(facts, EventKind.CHARGE_SUCCESS)) return PaymentStatus.CAPTURED;
  return authorizedMinor > 0 && !isEnded(facts) ? PaymentStatus.AUTHORIZED : undefined;
}

/** Whether one of its disputes was not won. The bank may say another amount at the end of one than at its beginning. */
function isDisputed(facts: readonly PaymentFact[]): boolean {
  const won = facts.filter(({ kind }) => kind === EventKind.CHARGE_BACK_REVERSE).map(({ reference }) => reference);
  return facts.some(({ kind, reference }) => kind === EventKind.CHARGE_BACK && !won.includes(reference));
}

/** Before there is money: what was said last, except that an end is an end. */
function ofTheWay(provider: ProviderName, facts: readonly PaymentFact[]): PaymentStatus {
  if (has(facts, EventKind.EXPIRED)) return PaymentStatus.EXPIRED;
  if (isEnded(facts)) return PaymentStatus.CANCELLED;
  const last = lastOf(facts, [EventKind.OPENED, EventKind.ACTION_REQUIRED, EventKind.PROCESSING, EventKind.CHARGE_FAILURE, EventKind.CANCEL_SUCCESS]);
  if (last === EventKind.CANCEL_SUCCESS) return PaymentStatus.CANCELLED;
  if (last === EventKind.CHARGE_FAILURE) return PaymentStatus.FAILED;
  if (provider === 'CASH_ON_DELIVERY') return PaymentStatus.PENDING_COLLECTION;
  if (last === EventKind.PROCESSING) return PaymentStatus.PROCESSING;
  return last === undefined ? PaymentStatus.OPENING : PaymentStatus.REQUIRES_ACTION;
}

/** Whether its time ended, or all of it was called off: what is promised afterwards is let go. */
function isEnded(facts: readonly PaymentFact[]): boolean {
  return facts.some(({ kind, attemptId }) => kind === EventKind.EXPIRED || (kind === EventKind.CANCEL_SUCCESS && attemptId === null));
}

/** What is promised by attempts of which nothing was taken or let go: a capture lets go of the rest. */
function promised(facts: readonly PaymentFact[]): number {
  const isOver = (fact: PaymentFact) => facts.some(({ attemptId, kind }) => attemptId === fact.attemptId && (kind === EventKind.CHARGE_SUCCESS || kind === EventKind.CANCEL_SUCCESS));
  return facts.filter((fact) => fact.kind === EventKind.AUTHORIZATION_SUCCESS && !isOver(fact)).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function sumOf(facts: readonly PaymentFact[], wanted: EventKind): number {
  return facts.filter(({ kind }) => kind === wanted).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function has(facts: readonly PaymentFact[], wanted: EventKind): boolean {
  return facts.some(({ kind }) => kind === wanted);
}

/** The latest by the provider's own clock, which counts whole seconds; within one, the one that was heard last. */
function lastOf(facts: readonly PaymentFact[], way: readonly EventKind[]): EventKind | undefined {
  const second = ({ at }: PaymentFact): number => Math.floor(at.getTime() / 1_000);
  return facts.filter(({ kind }) => way.includes(kind)).sort((a, b) => second(a) - second(b)).at(-1)?.kind;
}
