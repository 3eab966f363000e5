import { subjectOf } from '@haat/schema/event';
import { effectOf, type TxOf } from './consumer.js';
import { readEvent } from './consumer-message.js';
import type { SubgraphDefinition } from '@haat/kit/define';
import { notFound } from '@haat/kit/refusal';
import type { DeadLetter, StoreRuntime } from '@haat/kit/store';

/** Which subgraph's dead letters, and how its handlers get their transaction. */
export interface DeadLettersOptions<D> {
  readonly definition: Pick<SubgraphDefinition, 'name' | 'consumers'>;
  readonly store: Pick<StoreRuntime<D>, 'inbox'>;
  readonly txOf: TxOf<D>;
}

/** A subgraph's dead letters, for an operator. */
export interface DeadLetters {
  /** Oldest first, at most 1,000, and of more than that those still open; of all consumers when none is named. */
  letters(consumer?: string, limit?: number): Promise<readonly DeadLetter[]>;
  /**
   * Tries a letter's aggregate again, from its first open letter on, in order, until one fails. Answers how many were applied:
   * what was applied meanwhile, or is older than that, changes nothing; what is no event stays what it is. @throws Refusal `NOT_FOUND` for an unknown consumer.
   */
  redrive(consumer: string, letterId: string): Promise<number>;
}

/** Opens the dead letters of a subgraph. */
export function deadLetters<D>({ definition, store, txOf }: DeadLettersOptions<D>): DeadLetters {
  const effect = effectOf(txOf);
  return {
    letters: (consumer, limit) => store.inbox.letters(consumer, limit),
    redrive: async (name, letterId) => {
      const consumer = definition.consumers?.find((each) => each.name === name);
      if (!consumer) throw notFound('consumer');
      const { contract } = consumer;
      const asked = (await store.inbox.letters(name)).find(({ id }) => id === letterId);
      if (!asked || (asked.tenantId === null && !readEvent(asked, contract).isGood)) return 0;
      return store.inbox.redrive(name, letterId, definition.name, async (unit, envelope) => {
        const reading = readEvent({ subject: subjectOf(contract, envelope.tenantId), body: JSON.stringify(envelope) }, contract);
        if (!reading.isGood) throw new Error(reading.reason);
        await effect(unit, consumer, reading.envelope);
      });
    },
  };
}
