import type { EventEnvelope } from '@haat/schema/event';
import type { EntityManager } from 'typeorm';
import type { ActingIn, Applied, UnitOfWork } from '@haat/kit/store';

/** What a consumer does with one event. */
export type Effect = (unit: UnitOfWork<EntityManager>) => Promise<void>;

/** A consumer acts as its own subgraph, in the event's tenant, because of the event. */
export function actingFor({ id, tenantId, correlationId, traceparent }: EventEnvelope, subgraph: string): ActingIn {
  return { tenantId, actor: `system:${subgraph}`, causationId: id, correlationId, traceparent };
}

/** Within a transaction of the event's tenant. Parks nothing when `isRedrive`: the letters are what is being worked off. */
export async function applyOnce(unit: UnitOfWork<EntityManager>, consumer: string, envelope: EventEnvelope, work: Effect, isRedrive = false): Promise<Applied> {
  const head = await lockHead(unit.db, consumer, envelope);
  const { hasRow, isBlocked } = await lookUp(unit.db, consumer, envelope);
  if (hasRow) return 'duplicate';
  const isStale = envelope.aggregate.version <= head;
  if (!isStale && isBlocked && !isRedrive) {
    await park(unit.db, consumer, envelope);
    return 'parked';
  }
  await remember(unit.db, consumer, envelope, isStale ? 'STALE' : 'APPLIED');
  if (isStale) return 'stale';
  await work(unit);
  return 'applied';
}

/** The head is the lock of (consumer, aggregate): whoever holds it sees what all before it committed. */
async function lockHead(db: EntityManager, consumer: string, { tenantId, aggregate }: EventEnvelope): Promise<number> {
  const select = 'select version from inbox_head where tenant_id = $1 and consumer = $2 and aggregate_id = $3 for update';
  const found: { version: string }[] = await db.query(select, [tenantId, consumer, aggregate.id]);
  if (found[0]) return Number(found[0].version);
  const made: { version: string }[] = await db.query(
    `insert into inbox_head (tenant_id, consumer, aggregate_id, version) values ($1, $2, $3, -1)
     on conflict (tenant_id, consumer, aggregate_id) do update set version = inbox_head.version returning version`,
    [tenantId, consumer, aggregate.id],
  );
  return Number(made[0]?.version ?? -1);
}

async function lookUp(db: EntityManager, consumer: string, { id, tenantId, aggregate }: EventEnvelope): Promise<{ readonly hasRow: boolean; readonly isBlocked: boolean }> {
  const rows: { hasRow: boolean; isBlocked: boolean }[] = await db.query(
    `select exists (select from inbox where tenant_id = $1 and consumer = $2 and id = $3) as "hasRow",
            exists (select from dead_letter where tenant_id = $1 and consumer = $2 and aggregate_id = $4 and status in ('DEAD', 'PARKED')) as "isBlocked"`,
    [tenantId, consumer, id, aggregate.id],
  );
  return rows[0] ?? { hasRow: false, isBlocked: false };
}

async function remember(db: EntityManager, consumer: string, { id, tenantId, aggregate }: EventEnvelope, outcome: 'APPLIED' | 'STALE'): Promise<void> {
  await db.query(
    `with head as (update inbox_head set version = greatest(version, $5) where tenant_id = $1 and consumer = $2 and aggregate_id = $4)
     insert into inbox (tenant_id, consumer, id, aggregate_id, aggregate_version, outcome) values ($1, $2, $3, $4, $5, $6)`,
    [tenantId, consumer, id, aggregate.id, aggregate.version, outcome],
  );
}

async function park(db: EntityManager, consumer: string, envelope: EventEnvelope): Promise<void> {
  const { id, type, version, tenantId, aggregate } = envelope;
  await db.query(
    `insert into dead_letter (tenant_id, id, consumer, aggregate_id, aggregate_version, status, subject, body, reason, attempts, died_at)
     values ($1, $2, $3, $4, $5, 'PARKED', $6, $7, 'Waits behind a dead letter of its aggregate.', 0, now())
     on conflict (tenant_id, id) do nothing`,
    [tenantId, `${consumer}:${id}`, consumer, aggregate.id, aggregate.version, `events.${type}.v${version}.${tenantId}`, JSON.stringify(envelope)],
  );
}
