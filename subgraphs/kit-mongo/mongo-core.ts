import type { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEnvelope } from '@haat/schema/event';
import type { Clock } from '@haat/kit/clock';
import type { Log } from '@haat/kit/log';
import type { CollectionDefinition } from './define-collection.js';
import type { MongoStore } from './mongo.js';
import type { DeadLetterRow } from './mongo-letters.js';
import type { Lease } from './mongo-lead.js';
import type { InboxRow } from './mongo-once.js';
import type { OutboxRow } from './mongo-outbox.js';
import type { RawCollection, RawDocument } from './mongo-raw.js';

/** An event that waits to be written with its document. */
export interface Said {
  readonly envelope: EventEnvelope;
  readonly subject: string;
}

/** What holds for everything done on behalf of one caller. */
export interface Scope {
  readonly tenantId: string;
  /** While a document is being decided: the events that belong to it. */
  readonly saying?: Said[];
}

/** What the parts of one open store share. */
export interface MongoCore {
  readonly store: Pick<MongoStore, 'collections'>;
  readonly subgraph: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly scope: AsyncLocalStorage<Scope>;
  /** A declared collection; throws for any other. */
  documents(definition: CollectionDefinition): RawCollection<RawDocument>;
  readonly outbox: RawCollection<OutboxRow>;
  readonly inbox: RawCollection<InboxRow>;
  readonly letters: RawCollection<DeadLetterRow>;
  readonly leases: RawCollection<Lease>;
  readonly streams: RawCollection<{ readonly _id: string; readonly bornAt?: string }>;
  /** Tells the relay that something waits, and in which collection; in the outbox itself where none is named. */
  wake(collection?: string): void;
}
