import type { Random } from './random.js';

/** How often each fault comes in one run. */
export interface Weather {
  /** A process dies at a boundary. */
  readonly crash: number;
  /** A question, or its answer, is lost. */
  readonly lostAsk: number;
  /** Work stands still for a minute or two between two steps, and goes on as if nothing were. */
  readonly stall: number;
  /** An event is not published, or published without a word of it. */
  readonly lostPublish: number;
  /** An acknowledgement of a consumer is lost. */
  readonly lostAck: number;
  /** A provider's callback is lost; and comes again. */
  readonly lostCallback: number;
  readonly repeatedCallback: number;
  /** The provider takes another amount than it was asked for. */
  readonly wrongAmount: number;
  /** The broker restarts so often in the run; the last time it has forgotten its newest events. */
  readonly brokerRestarts: number;
  readonly brokerForgets: boolean;
  /** How wrong a process' own clock may be, in milliseconds. */
  readonly skewMs: number;
  /** One event that its consumer cannot take until somebody mends it: which of those it hears. */
  readonly poisoned: { readonly consumer: string; readonly nth: number } | null;
}

/** Not inventory's news of parcels and confirmations: see what the README says is not mended. */
const poisonable = ['shipping/part-changed', 'orders/payment-captured', 'inventory/order-expired', 'shipping/part-accepted', 'payments/part-cancelled', 'carts/order-placed'];

/** The faults of a run: some of them, at times none. */
export function drawnWeather(random: Random): Weather {
  const often = (most: number): number => (random.chance(0.5) ? random.next() * most : 0);
  return {
    crash: often(0.012), lostAsk: often(0.12), stall: often(0.08), lostPublish: often(0.2), lostAck: often(0.25), lostCallback: random.chance(0.2) ? 1 : often(0.6), repeatedCallback: often(0.6),
    wrongAmount: random.chance(0.1) ? 0.3 : 0, brokerRestarts: random.chance(0.3) ? random.whole(1, 3) : 0, brokerForgets: random.chance(0.5), skewMs: random.chance(0.3) ? 600_000 : 0,
    poisoned: random.chance(0.25) ? { consumer: random.pick(poisonable), nth: random.whole(1, 3) } : null,
  };
}
