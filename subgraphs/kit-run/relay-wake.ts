import { wakeSubjectOf } from '@haat/kit/nats-permissions';
import type { NatsLink } from '@haat/kit/nats';

/** Between the processes of one subgraph: who commits events tells the one that takes them to the broker. */
export interface Wake {
  /** Tells the relay that leads, wherever it is. A word that is lost costs a poll, never an event. */
  tell(): void;
}

/** Rings whenever another process of the subgraph left events in the outbox. */
export function wakeOf(nats: Pick<NatsLink, 'connection' | 'onConnect' | 'status'>, subgraph: string, ring: () => void): Wake {
  const subject = wakeSubjectOf(subgraph);
  nats.onConnect((connection) => void connection.subscribe(subject, { callback: ring }));
  return {
    tell() {
      const { connection } = nats;
      // A connection that drains takes nothing more; whoever leads looks by itself.
      if (nats.status() === 'up' && connection && !connection.isDraining() && !connection.isClosed()) connection.publish(subject);
    },
  };
}
