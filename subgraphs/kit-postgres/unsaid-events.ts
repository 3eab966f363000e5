import type { EventEnvelope } from '@haat/schema/event';
import type { EntityManager } from 'typeorm';

/** How many wait before they are written at once; a transaction that says more writes them in several goes. */
const waitingMax = 500;

const insertSql = `insert into outbox (id, tenant_id, aggregate_type, aggregate_id, aggregate_version, event_type, payload, republished)
  select id, tenant_id, aggregate_type, aggregate_id, aggregate_version, event_type, payload::jsonb, republished
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::boolean[])
    with ordinality as said (id, tenant_id, aggregate_type, aggregate_id, aggregate_version, event_type, payload, republished, position) order by position`;

/**
 * Events of a transaction that are not in its outbox yet. They are written together, in the order in which they were said, before it
 * commits: a statement for each is a round trip for each, which costs more than all the rows.
 */
export class UnsaidEvents {
  private waiting: { readonly envelope: EventEnvelope<unknown>; readonly key: string }[] = [];

  constructor(private readonly db: EntityManager) {}

  /** Keeps an event for later; `key` is its contract's. */
  async add(envelope: EventEnvelope<unknown>, key: string): Promise<void> {
    this.waiting.push({ envelope, key });
    if (this.waiting.length >= waitingMax) await this.write();
  }

  /**
   * Writes what waits, in the tenant that the connection is bound to. One aggregate version says an event once: the second is
   * refused by the database (`outbox_once_per_version`), unless it is a republished one.
   */
  async write(): Promise<void> {
    const rows = this.waiting;
    if (rows.length === 0) return;
    this.waiting = [];
    await this.db.query(insertSql, [
      rows.map(({ envelope }) => envelope.id), rows.map(({ envelope }) => envelope.tenantId), rows.map(({ envelope }) => envelope.aggregate.type), rows.map(({ envelope }) => envelope.aggregate.id),
      rows.map(({ envelope }) => envelope.aggregate.version), rows.map(({ key }) => key), rows.map(({ envelope }) => JSON.stringify(envelope)), rows.map(({ envelope }) => envelope.republished ?? false),
    ]);
  }

  /** Forgets what waits: what it was said of was undone. */
  drop(): void {
    this.waiting = [];
  }
}

const ofTransactions = new WeakMap<EntityManager, UnsaidEvents>();

/** The events of a transaction, by its entity manager. */
export function unsaidEventsOf(db: EntityManager): UnsaidEvents {
  const there = ofTransactions.get(db) ?? new UnsaidEvents(db);
  ofTransactions.set(db, there);
  return there;
}
