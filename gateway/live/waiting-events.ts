import type { Position, StoredEvent } from './event-log.js';
import { liveLimits } from './live-limits.js';

/** What a feed has to say next: an event, or that events may be missing before a place. */
export type Waiting = { readonly kind: 'event'; readonly event: StoredEvent } | { readonly kind: 'gap'; readonly from: Position; readonly reason: string };

/** Events that wait for one feed, in order, bounded. */
export class WaitingEvents {
  private waiting: Waiting[] = [];

  /** `coalesce`: of several events of one aggregate that wait, the last is enough. */
  constructor(private readonly coalesce: boolean) {}

  get size(): number {
    return this.waiting.length;
  }

  /** False when there is no room for it. */
  put(next: Waiting): boolean {
    if (next.kind === 'event' && this.coalesce) this.waiting = this.waiting.filter((other) => !isOfSame(other, next.event));
    if (this.waiting.length >= liveLimits.waitingEventsMax) return false;
    this.waiting.push(next);
    return true;
  }

  take(): Waiting | undefined {
    return this.waiting.shift();
  }

  clear(): void {
    this.waiting = [];
  }
}

function isOfSame(waiting: Waiting, { envelope: { aggregate } }: StoredEvent): boolean {
  return waiting.kind === 'event' && waiting.event.envelope.aggregate.id === aggregate.id && waiting.event.envelope.aggregate.type === aggregate.type;
}
