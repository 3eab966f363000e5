import { allocate as allocateMoney } from '@haat/kit/allocate';
import { allocate as allocateStock } from '@haat/inventory/pure/allocate';
import { cancelPieces } from '@haat/orders/pure/cancelled-pieces';
import { checkoutSteps, undoSteps } from '@haat/orders/pure/checkout-steps';
import { decideOrder } from '@haat/orders/pure/decide-order';
import { mayDepart } from '@haat/orders/pure/may-depart';
import { rollUp } from '@haat/orders/pure/roll-up';
import { moved, moveOfPieces } from '@haat/orders/pure/vendor-order-state';
import { deriveAttempt, derivePayment } from '@haat/payments/pure/payment-state';
import { cancelledLeft, leftOf, refundLines, sharesOfAmount, sharesOfLines } from '@haat/payments/pure/refund-parts';
import { piecesLeft } from '@haat/shipping/pure/decide-shipment';
import { mayGet } from '@haat/shipping/pure/parcel-state';
import { engineParts, type EngineParts } from '../engine/engine-parts.js';
import type { Process } from '../engine/process.js';
import type { Tx } from '../engine/store.js';
import { refused, type Work } from '../engine/work.js';
import type { Market } from './market.js';
import { keys, type CheckoutRow, type LevelRow, type PaymentRow, type ReservationRow } from './rows.js';

/** The product's own pure parts: the very functions that it runs. */
export const realParts = {
  allocateMoney, allocateStock, cancelledLeft, cancelPieces, checkoutSteps, decideOrder, deriveAttempt, derivePayment, leftOf, mayDepart, mayGet, moved, moveOfPieces, piecesLeft, refundLines, rollUp, sharesOfAmount, sharesOfLines, undoSteps,
};

/** What names a wish with a key. */
export interface Keyed {
  readonly tenant: string;
  readonly actor: string;
  readonly operation: string;
  readonly key: string;
  readonly input: string;
}

/** How much of each number of a level is added. */
export interface LevelChange {
  readonly offerId: string;
  readonly warehouseId: string;
  readonly onHand?: number;
  readonly allocated?: number;
  readonly reserved?: number;
}

/** Guards of the product that stand in SQL or between calls: written here from what they promise. */
export interface Guards {
  /** By what an answer is kept. */
  keyId(keyed: Keyed): string;
  /** Has an effect once per key: key, effect and answer are one commit. */
  once<T>(market: Market, process: Process, keyed: Keyed, effect: (tx: Tx) => Work<T>): Work<T>;
  /** A level after a change; null where pieces are to be taken that are not there, looked at by the statement that takes them. `seen` is as it was before the lock; only who takes pieces saw it. */
  changed(now: LevelRow, seen: LevelRow | undefined, change: LevelChange): LevelRow | null;
  /** Whether an order may be written of a checkout that somebody else may have undone. */
  mayWrite(checkout: CheckoutRow | undefined): boolean;
  /** Whether a hold's time is over: by the database's clock, whatever the process' own says. */
  isOver(hold: ReservationRow, clocks: { readonly database: number; readonly own: number }): boolean;
  /** Whether a hold may be given back now. */
  mayRelease(hold: ReservationRow): boolean;
  /** Whether so much of what was taken is not given back or promised back. */
  hasLeft(payment: PaymentRow, amountMinor: number): boolean;
  /** What a provider knows a try by. */
  providerKey(attemptId: string, tries: number): string;
}

/** The guards as they are meant. */
export const guards: Guards = {
  keyId: ({ tenant, actor, operation, key }) => `${tenant} ${actor} ${operation} ${key}`,
  *once({ world: { parts } }, process, keyed, effect) {
    return yield* process.transaction(function* onceByKey(tx: Tx) {
      const known = yield* tx.locked(keys, parts.keyId(keyed));
      if (known) return keptAnswer(known, keyed);
      const answer = yield* effect(tx);
      tx.set(keys, parts.keyId(keyed), { input: keyed.input, answer });
      return answer;
    });
  },
  changed: (now, seen, { onHand = 0, allocated = 0, reserved = 0 }) => {
    if (seen && now.onHand - now.allocated - now.reserved < reserved + allocated - onHand) return null;
    return { ...now, onHand: now.onHand + onHand, allocated: now.allocated + allocated, reserved: now.reserved + reserved };
  },
  mayWrite: (checkout) => checkout?.state === 'OPEN',
  isOver: ({ state, expiresAtMs }, { database }) => state === 'HELD' && expiresAtMs <= database,
  mayRelease: ({ state }) => state === 'HELD',
  hasLeft: ({ capturedMinor, refundReservedMinor }, amountMinor) => amountMinor <= capturedMinor - refundReservedMinor,
  providerKey: (attemptId) => attemptId,
};

/** The answer of an earlier call with the same key; another wish under it is refused. */
export function keptAnswer<T>(known: { readonly input: string; readonly answer: unknown }, { input }: Keyed): T {
  if (known.input !== input) throw refused('IDEMPOTENCY_KEY_REUSED');
  return known.answer as T;
}

/** Everything that a mutation may replace, one function at a time. */
export type MarketParts = EngineParts & typeof realParts & Guards;

/** Nothing replaced. */
export const allParts: MarketParts = { ...engineParts, ...realParts, ...guards };
