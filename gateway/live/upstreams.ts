import type { EventsOf } from './event-log.js';
import { liveLimits } from './live-limits.js';
import { openUpstream, type Upstream, type UpstreamParts } from './upstream.js';

/** Somebody's hold on an upstream. */
export interface Lease {
  readonly upstream: Upstream;
  /** Lets go of it; who is last closes it after a while. */
  release(): void;
}

/** One upstream for each contract and tenant that somebody listens to. */
export interface Upstreams {
  lease(events: EventsOf): Promise<Lease>;
  readonly count: number;
  close(): Promise<void>;
}

interface Held {
  readonly opening: Promise<Upstream>;
  users: number;
  closing?: NodeJS.Timeout;
}

/** Makes it, with nothing read yet. */
export function upstreams(parts: UpstreamParts): Upstreams {
  const held = new Map<string, Held>();
  const close = (key: string, hold: Held): Promise<void> => {
    held.delete(key);
    return hold.opening.then((upstream) => upstream.close(), () => undefined);
  };
  const release = (key: string, hold: Held): void => {
    hold.users -= 1;
    if (hold.users === 0) hold.closing = setTimeout(() => void close(key, hold), liveLimits.lingerMs).unref();
  };
  return {
    get count() { return held.size; },
    async lease(events) {
      const key = `${events.event} ${events.tenantId}`;
      const hold = held.get(key) ?? { opening: openUpstream(parts, events), users: 0 };
      held.set(key, hold);
      hold.users += 1;
      clearTimeout(hold.closing);
      try {
        const upstream = await hold.opening;
        return { upstream, release: once(() => release(key, hold)) };
      } catch (error) {
        if (held.get(key) === hold) held.delete(key);
        throw error;
      }
    },
    async close() {
      await Promise.all([...held].map(([key, hold]) => {
        clearTimeout(hold.closing);
        return close(key, hold);
      }));
    },
  };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
