import type { EventEnvelope } from '@haat/schema/event';
import type { EntityManager } from 'typeorm';
import { invariant } from '@haat/kit/invariant';
import type { ActingIn, Applied, UnitOfWork } from '@haat/kit/store';

/** What a consumer does with one event. */
export type Effect = (unit: UnitOfWork<EntityManager>) => Promise<void>;

/** What a consumer does with several. */
export type BatchEffect = (unit: UnitOfWork<EntityManager>, applied: readonly EventEnvelope[]) => Promise<void>;

/** A consumer acts as its own subgraph, in the event's tenant, because of the event. */
export function actingFor({ id, tenantId, correlationId, traceparent }: EventEnvelope, subgraph: string): ActingIn {
  return { tenantId, actor: `system:${subgraph}`, causationId: id, correlationId, traceparent };
}

/**
 * Within a transaction of the event's tenant. The head of (consumer, aggregate) is the lock: whoever holds it sees what all
 * before it committed. Parks nothing when `isRedrive`: the letters are what is being worked off.
 */
export async function applyOnce(unit: UnitOfWork<EntityManager>, consumer: string, envelope: EventEnvelope, work: Effect, isRedrive = false): Promise<Applied> {
  const { id, tenantId, aggregate } = envelope;
  const [taken] = await unit.db.query<{ outcome: Applied }[]>('select outcome from inbox_take($1, $2, $3, $4, $5, $6) as outcome', [tenantId, consumer, id, aggregate.id, aggregate.version, isRedrive]);
  invariant(taken, 'An event was taken and nothing said what became of it.');
  if (taken.outcome === 'parked') await park(unit.db, consumer, envelope);
  if (taken.outcome === 'applied') await work(unit);
  return taken.outcome;
}

/**
 * The same for events of one tenant and of different aggregates, whose heads are taken in the order of the aggregates' ids: whoever
 * takes several takes them in this order. Answers in the order of the events.
 */
export async function applyBatch(unit: UnitOfWork<EntityManager>, consumer: string, envelopes: readonly EventEnvelope[], work: BatchEffect): Promise<readonly Applied[]> {
  const rows: { id: string; outcome: Applied }[] = await unit.db.query(
    `select id, inbox_take($1, $2, id, aggregate_id, version, false) as outcome
     from (select * from unnest($3::text[], $4::text[], $5::bigint[]) as heard (id, aggregate_id, version) order by aggregate_id) as heard`,
    [envelopes[0]?.tenantId, consumer, envelopes.map(({ id }) => id), envelopes.map(({ aggregate }) => aggregate.id), envelopes.map(({ aggregate }) => aggregate.version)],
  );
  const outcomes = new Map(rows.map(({ id, outcome }) => [id, outcome]));
  const ended = (wanted: Applied): EventEnvelope[] => envelopes.filter(({ id }) => outcomes.get(id) === wanted);
  for (const envelope of ended('parked')) await park(unit.db, consumer, envelope);
  const applied = ended('applied');
  if (applied.length > 0) await work(unit, applied);
  return envelopes.map(({ id }) => {
    const outcome = outcomes.get(id);
    invariant(outcome, `The event ${id} was taken and nothing said what became of it.`);
    return outcome;
  });
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
