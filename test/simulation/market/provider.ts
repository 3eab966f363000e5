import type { World } from '../engine/world.js';
import { away, refused, type Work } from '../engine/work.js';

/** A charge at the provider, by its own books. */
export interface Charge {
  readonly reference: string;
  readonly key: string;
  readonly orderId: string;
  readonly amountMinor: number;
  status: 'OPEN' | 'CAPTURED' | 'CANCELLED';
  capturedMinor: number;
  declines: number;
  readonly refunds: Map<string, number>;
}

/** How a charge stands, as an answer or a callback has it. */
export interface ChargeNews {
  readonly reference: string;
  readonly orderId: string;
  readonly status: Charge['status'];
  readonly amountMinor: number;
  readonly capturedMinor: number;
  readonly failure: string | null;
  readonly at: Date;
}

/** Takes money for real, in books of its own; never dies. Its answers get lost, its callbacks come late, twice, in another order, or never. */
export class Provider {
  readonly charges: Charge[] = [];
  /** Whoever takes callbacks. */
  onNews: (news: ChargeNews) => void = () => undefined;

  constructor(private readonly world: World) {}

  *open(key: string, orderId: string, amountMinor: number): Work<ChargeNews> {
    yield* this.way();
    const known = this.charges.find((charge) => charge.key === key);
    const charge: Charge = known ?? { reference: `pi-${this.charges.length + 1}`, key, orderId, amountMinor, status: 'OPEN', capturedMinor: 0, declines: 0, refunds: new Map() };
    if (!known) this.charges.push(charge);
    yield* this.way();
    return this.newsOf(charge);
  }

  *read(reference: string): Work<ChargeNews> {
    yield* this.way();
    return this.newsOf(this.chargeOf(reference));
  }

  /** Calls a charge off, unless it was paid: then it says so. */
  *cancel(reference: string): Work<ChargeNews> {
    yield* this.way();
    const charge = this.chargeOf(reference);
    if (charge.status === 'OPEN') charge.status = 'CANCELLED';
    yield* this.way();
    return this.newsOf(charge);
  }

  /** Pays back once per refund, never more than was taken. */
  *refund(refundId: string, reference: string, amountMinor: number): Work {
    yield* this.way();
    const charge = this.chargeOf(reference);
    const back = [...charge.refunds.values()].reduce((sum, minor) => sum + minor, 0);
    if (!charge.refunds.has(refundId)) {
      if (amountMinor > charge.capturedMinor - back) throw refused('charge_already_refunded');
      charge.refunds.set(refundId, amountMinor);
    }
    yield* this.way();
  }

  /** The buyer's side: pays, or is declined. False where nothing can be paid any more. */
  pay(charge: Charge, isDeclined: boolean): boolean {
    if (charge.status !== 'OPEN') return false;
    if (isDeclined) charge.declines += 1;
    else Object.assign(charge, { status: 'CAPTURED', capturedMinor: this.world.falls('wrongAmount') ? charge.amountMinor - 1 : charge.amountMinor });
    this.world.note(() => `the provider ${isDeclined ? 'declines' : 'takes'} ${charge.orderId} ${charge.capturedMinor}`);
    this.call(this.newsOf(charge));
    return true;
  }

  private call(news: ChargeNews): void {
    const { world } = this;
    const times = world.falls('lostCallback') ? 0 : world.falls('repeatedCallback') ? world.random.whole(2, 3) : 1;
    for (let time = 0; time < times; time += 1) world.timeline.after(world.random.whole(50, 90_000), () => this.onNews(news));
  }

  private chargeOf(reference: string): Charge {
    const charge = this.charges.find((one) => one.reference === reference);
    if (!charge) throw refused('resource_missing');
    return charge;
  }

  private newsOf({ reference, orderId, status, amountMinor, capturedMinor, declines }: Charge): ChargeNews {
    return { reference, orderId, status, amountMinor, capturedMinor, failure: declines > 0 && status === 'OPEN' ? `${reference}:decline:${declines}` : null, at: new Date(this.world.timeline.nowMs) };
  }

  private *way(): Work {
    yield this.world.aMoment();
    if (this.world.falls('lostAsk')) throw away;
  }
}
