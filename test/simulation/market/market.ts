import type { Consumer } from '../engine/inbox.js';
import { Feed } from '../engine/feed.js';
import { Process } from '../engine/process.js';
import { Relay } from '../engine/relay.js';
import { World } from '../engine/world.js';
import type { MarketParts } from './market-parts.js';
import { Provider } from './provider.js';

const names = ['carts', 'coupons', 'inventory', 'orders', 'payments', 'shipping'] as const;
/** A subgraph of the model. */
export type Name = (typeof names)[number];

/** Whose events each of them hears. */
const producersOf: Readonly<Record<Name, readonly Name[]>> = { carts: ['orders'], coupons: ['orders'], inventory: ['orders', 'payments', 'shipping'], orders: ['inventory', 'payments', 'shipping'], payments: ['orders'], shipping: ['orders'] };

/** Something that somebody was told, or did: whoever checks holds the world to it. */
export interface Happening {
  readonly atMs: number;
  readonly what: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The marketplace of the model: six subgraphs, each a process with a store, a relay and a reader of each other; a provider of payments; and what the clients saw. */
export class Market {
  readonly processes: Readonly<Record<Name, Process>>;
  readonly consumers: Readonly<Record<Name, Consumer[]>> = { carts: [], coupons: [], inventory: [], orders: [], payments: [], shipping: [] };
  readonly provider: Provider;
  readonly history: Happening[] = [];
  /** How many pieces there were of each offer, and uses of the coupon, before anything happened. */
  readonly beginnings = new Map<string, number>();
  /** Clients do not die. */
  readonly outside: Process;

  constructor(readonly world: World<MarketParts>) {
    const process = (name: string): Process => new Process(world, name);
    this.processes = { carts: process('carts'), coupons: process('coupons'), inventory: process('inventory'), orders: process('orders'), payments: process('payments'), shipping: process('shipping') };
    this.outside = new Process(world, 'outside', false);
    this.provider = new Provider(world);
  }

  /** Begins to publish and to read, once everybody said what they hear. */
  open(): void {
    for (const name of names) new Relay(this.processes[name]);
    for (const reader of names) for (const producer of producersOf[reader]) new Feed(this.processes[reader], producer, this.consumers[reader]);
  }

  /** Notes what somebody was told or did. */
  note(what: string, facts: Readonly<Record<string, unknown>>): void {
    this.history.push({ atMs: this.world.timeline.nowMs, what, facts });
    this.world.note(() => `${what} ${JSON.stringify(facts)}`);
  }
}
