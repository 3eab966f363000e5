import type { EventContract } from '@haat/schema/event';
import { subjectsOf } from '@haat/schema/event';
import type { Log } from '@haat/kit/log';
import type { NatsLink } from '@haat/kit/nats';

/** How long an answer is kept while events that would change it reach us, in milliseconds. */
export const freshMsMax = 30_000;

/** The same while they may not reach us. */
export const freshWhenCutMsMax = 5_000;

/** Events that make kept answers stale, as long as they come. */
export interface Freshness {
  /** How old an answer may be now, in milliseconds. */
  ageMsMax(): number;
  /** Calls `forget` with what each such event says. */
  on<P>(contract: EventContract<P>, forget: (payload: P) => void): void;
  /** Called when events may have been missed: nothing kept can be trusted. */
  onGap(forgetAll: () => void): void;
  close(): void;
}

/** Listens at the broker. Without one, answers are kept as briefly as when it is cut. */
export function listenForChanges(nats: NatsLink | undefined, log: Log): Freshness {
  const forgetters: (() => void)[] = [];
  const forgetEverything = (): void => forgetters.forEach((forgetAll) => forgetAll());
  // What was said while nobody listened is not said again.
  const stopListening = nats?.onReconnect(forgetEverything);
  const subscriptions: { unsubscribe(): void }[] = [];
  return {
    ageMsMax: () => (nats?.status() === 'up' ? freshMsMax : freshWhenCutMsMax),
    onGap: (forgetAll) => void forgetters.push(forgetAll),
    on(contract, forget) {
      const callback = (error: Error | null, message: { string(): string }): void => {
        const payload = error ? undefined : payloadOf(contract, message.string());
        if (payload !== undefined) return forget(payload);
        log.warn({ event: contract.key, err: error }, 'An event could not be read; everything kept is forgotten.');
        forgetEverything();
      };
      nats?.onConnect((connection) => subscriptions.push(connection.subscribe(subjectsOf(contract), { callback })));
    },
    close() {
      stopListening?.();
      subscriptions.forEach((subscription) => subscription.unsubscribe());
    },
  };
}

function payloadOf<P>(contract: EventContract<P>, text: string): P | undefined {
  try {
    const { payload } = JSON.parse(text) as { payload?: unknown };
    const parsed = contract.payload.safeParse(payload);
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
