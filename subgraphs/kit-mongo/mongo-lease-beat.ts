import type { MongoCore } from './mongo-core.js';

/** A lease that this process holds. */
export interface HeldLease {
  readonly name: string;
  readonly holder: string;
  readonly epoch: number;
  /** It lasts again as long as it does, from when its renewal was asked for; `performance.now()`. */
  renewed(askedAt: number): void;
  /** Another has it. */
  lost(): void;
}

/** How many beats a lease lasts: two that fail do not lose it. */
const beatsPerLease = 3;

/** Renews all leases of one process in one statement: each job has one, and a statement for each would be most of what an idle store does. */
export class LeaseBeat {
  private readonly held = new Set<HeldLease>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly core: Pick<MongoCore, 'leases' | 'log'>, private readonly lastsMs: number) {}

  add(lease: HeldLease): void {
    this.held.add(lease);
    // A renewal that fails is tried at the next beat; the end comes by itself when none succeeds.
    this.timer ??= setInterval(() => void this.renew([...this.held]).catch((error: unknown) => this.core.log.warn({ err: error }, 'Leases were not renewed.')), this.lastsMs / beatsPerLease).unref();
  }

  remove(lease: HeldLease): void {
    this.held.delete(lease);
    if (this.held.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** One by one where not all are ours any more: the count does not say which. */
  private async renew(leases: readonly HeldLease[]): Promise<void> {
    const askedAt = performance.now();
    const mine = leases.map(({ name, holder, epoch }) => ({ _id: name, holder, epoch }));
    const count = await this.core.leases.updateMany({ $or: mine }, [{ $set: { until: { $add: ['$$NOW', this.lastsMs] } } }]);
    if (count === leases.length) for (const lease of leases) lease.renewed(askedAt);
    else if (leases.length > 1) await Promise.all(leases.map((lease) => this.renew([lease])));
    else for (const lease of leases) lease.lost();
  }
}
