import type { EventEnvelope } from '@haat/schema/event';
import type { Consumer } from '@haat/kit/define';
import type { Log } from '@haat/kit/log';
import type { Applied, StoreRuntime, UnitOfWork } from '@haat/kit/store';
import type { Slots } from './consumer-lanes.js';

/** Events that are applied by one transaction, at most. */
export const batchMax = 100;

/** What applying batches needs. */
export interface BatchesOptions<D> {
  readonly subgraph: string;
  readonly inbox: StoreRuntime<D>['inbox'];
  readonly slots: Pick<Slots, 'run'>;
  readonly log: Log;
  readonly effect: (unit: UnitOfWork<D>, consumer: Consumer, envelope: EventEnvelope) => Promise<void>;
  readonly batchEffect: (unit: UnitOfWork<D>, consumer: Consumer, envelopes: readonly EventEnvelope[]) => Promise<void>;
}

interface Waiting {
  readonly envelope: EventEnvelope;
  /** Undefined says that it is to be applied by itself. */
  readonly end: (outcome: Applied | undefined) => void;
}

/**
 * Events of one consumer and marketplace that came while others of them were being applied: the next transaction applies all of
 * them. Nobody waits for a batch to fill. Events of one aggregate never meet here, since its lane lets one go at a time.
 */
export class Batches<D> {
  private readonly lines = new Map<string, Waiting[]>();

  constructor(private readonly options: BatchesOptions<D>) {}

  /** Applies an event with those that wait beside it. Undefined where it is to be applied by itself. Never throws. */
  async join(consumer: Consumer, envelope: EventEnvelope, turn: string): Promise<Applied | undefined> {
    if (!consumer.consumeBatch || !this.options.inbox.applyBatch) return undefined;
    const key = `${consumer.name} ${envelope.tenantId}`;
    return new Promise((end) => {
      const waiting = this.lines.get(key);
      if (waiting) return void waiting.push({ envelope, end });
      this.lines.set(key, [{ envelope, end }]);
      void this.workOff(key, consumer, turn);
    });
  }

  private async workOff(key: string, consumer: Consumer, turn: string): Promise<void> {
    const line = this.lines.get(key) ?? [];
    while (line.length > 0) await this.options.slots.run(() => this.apply(line.splice(0, batchMax), consumer), turn);
    // In the same breath as the look at its length: nobody may join a line that is worked off no more.
    this.lines.delete(key);
  }

  private async apply(batch: readonly Waiting[], consumer: Consumer): Promise<void> {
    const outcomes = await this.outcomesOf(batch.map(({ envelope }) => envelope), consumer);
    for (const [at, { end }] of batch.entries()) end(outcomes[at]);
  }

  /** Of a batch that fails nothing: which of its events is at fault shows when each is applied by itself. */
  private async outcomesOf(envelopes: readonly EventEnvelope[], consumer: Consumer): Promise<readonly Applied[]> {
    try {
      return await this.applied(envelopes, consumer);
    } catch (error) {
      this.options.log.debug({ err: error, consumer: consumer.name, events: envelopes.length }, 'Events could not be applied together and are applied one by one.');
      return [];
    }
  }

  private async applied(envelopes: readonly EventEnvelope[], consumer: Consumer): Promise<readonly Applied[]> {
    const { inbox, subgraph, effect, batchEffect } = this.options;
    const [only, ...others] = envelopes;
    // One by itself knows its cause.
    if (only && others.length === 0) return [await inbox.apply(consumer.name, only, subgraph, (unit) => effect(unit, consumer, only))];
    return inbox.applyBatch?.(consumer.name, envelopes, subgraph, (unit, applied) => batchEffect(unit, consumer, applied)) ?? [];
  }
}
