import { askSubjectOf } from '@haat/schema/ask';
import { streamOf } from '@haat/schema/event';
import type { SubgraphDefinition } from './define.js';
import { inboxPrefixOf } from './nats.js';

/** The subjects that one NATS user may use, and no other. Whoever is asked may besides answer the asker once. */
export interface NatsPermissions {
  readonly publish: string[];
  readonly subscribe: string[];
}

/** Where the processes of one subgraph tell each other that events wait in its outbox. */
export function wakeSubjectOf(subgraph: string): string {
  return `wake.${subgraph}`;
}

/** What a subgraph needs at the broker: its own events and stream, its own place in the streams it hears, its asks, and a word among its processes. */
export function natsPermissionsOf(definition: Pick<SubgraphDefinition, 'name' | 'says' | 'asks' | 'answers' | 'consumers'>): NatsPermissions {
  const { name, says = [], asks = [], answers = [], consumers = [] } = definition;
  const producers = [...new Set(consumers.map(({ contract }) => contract.producer))];
  return {
    publish: [...(says.length > 0 ? saying(name) : []), ...producers.flatMap((producer) => hearing(name, producer)), ...asks.map(askSubjectOf), wakeSubjectOf(name)],
    subscribe: [...(answers.length > 0 ? [`asks.${name}.>`] : []), `${inboxPrefixOf(name)}.>`, wakeSubjectOf(name)],
  };
}

function saying(name: string): string[] {
  const stream = streamOf(name);
  return [`events.${name}.>`, ...['INFO', 'CREATE', 'UPDATE'].map((act) => `$JS.API.STREAM.${act}.${stream}`)];
}

/** Deleting its own place is how a consumer goes back to the first event it has not acknowledged. */
function hearing(name: string, producer: string): string[] {
  const stream = streamOf(producer);
  const place = `${stream}.${name}`;
  return [`$JS.API.STREAM.INFO.${stream}`, ...['DURABLE.CREATE', 'INFO', 'DELETE', 'MSG.NEXT'].map((act) => `$JS.API.CONSUMER.${act}.${place}`), `$JS.ACK.${place}.>`];
}
