import type { EventEnvelope } from '@haat/schema/event';
import { outboxBacklogMax } from './outbox-gate.js';
import type { PostgresDoor } from './postgres-door.js';
import type { OutboxEvent, OutboxStore } from '@haat/kit/store';

/** The outbox as the relay uses it: looks across tenants by the sweep role, and touches each tenant's rows as that tenant. */
export function postgresOutbox(door: PostgresDoor): OutboxStore {
  return {
    pending: (limit) => pending(door, limit),
    markPublished: async (events) => {
      for (const [tenantId, of] of Map.groupBy(events, (event) => event.tenantId)) {
        await changed(door, tenantId, markSql, [of.map(({ id }) => id), of.map(({ streamSequence }) => streamSequence)]);
      }
    },
    markFailed: async ({ tenantId, id }, reason) => {
      await changed(door, tenantId, 'update outbox set attempts = attempts + 1, last_error = $2 where id = $1', [id, reason.slice(0, reasonCharactersMax)]);
    },
    backlog: () => backlog(door),
    streamSeen: () => streamSeen(door),
    rememberStream: async (bornAt) => void (await door.db.query(rememberSql, [bornAt])),
    unpublishAfter: (sequence) => unpublishAfter(door, sequence),
    prune: (olderThan) => prune(door, olderThan),
    onWake: (wake) => door.onEmitted(wake),
  };
}

/** Runs an update or delete of one tenant's rows by itself, and answers how many there were. */
export async function changed(door: PostgresDoor, tenantId: string, sql: string, parameters: readonly unknown[]): Promise<number> {
  const result: [unknown, number] = await door.inTenant(tenantId, () => door.db.query(sql, [...parameters]));
  return result[1];
}

const reasonCharactersMax = 1_000;

const markSql = `update outbox set published_at = now(), stream_sequence = told.sequence, last_error = null
  from unnest($1::text[], $2::bigint[]) as told (id, sequence) where outbox.id = told.id`;

const rememberSql = `insert into outbox_stream (name, born_at) values ('events', $1) on conflict (name) do update set born_at = excluded.born_at`;

interface WaitingRow {
  readonly id: string;
  readonly event_type: string;
  readonly payload: EventEnvelope;
  readonly attempts: number;
}

async function pending(door: PostgresDoor, limit: number): Promise<readonly OutboxEvent[]> {
  const waiting = await door.sweep<{ tenant_id: string; id: string }>('select tenant_id, id from outbox where published_at is null order by seq limit $1', [limit]);
  const found = new Map<string, OutboxEvent>();
  for (const [tenantId, of] of Map.groupBy(waiting, (row) => row.tenant_id)) {
    const rows: WaitingRow[] = await door.inTenant(tenantId, () => door.db.query('select id, event_type, payload, attempts from outbox where id = any($1)', [of.map(({ id }) => id)]));
    for (const { id, event_type, payload, attempts } of rows) found.set(id, { envelope: payload, subject: `events.${event_type}.${tenantId}`, attempts });
  }
  return waiting.flatMap(({ id }) => found.get(id) ?? []);
}

async function backlog(door: PostgresDoor): Promise<{ readonly count: number; readonly oldestAt?: Date }> {
  // Counted no further than anybody cares.
  const sql = 'select count(*)::int as count, min(created_at) as oldest from (select created_at from outbox where published_at is null order by seq limit $1) as waiting';
  const [row] = await door.sweep<{ count: number; oldest: Date | null }>(sql, [outboxBacklogMax + 1]);
  return { count: row?.count ?? 0, ...(row?.oldest && { oldestAt: row.oldest }) };
}

async function streamSeen(door: PostgresDoor): Promise<{ readonly bornAt?: string; readonly sequence: number }> {
  const [highest] = await door.sweep<{ sequence: string | null }>('select max(stream_sequence) as sequence from outbox');
  const rows: { born_at: string }[] = await door.db.query('select born_at from outbox_stream');
  return { bornAt: rows[0]?.born_at, sequence: Number(highest?.sequence ?? 0) };
}

async function unpublishAfter(door: PostgresDoor, sequence: number): Promise<number> {
  const tenants = await door.sweep<{ tenant_id: string }>('select distinct tenant_id from outbox where stream_sequence > $1', [sequence]);
  let count = 0;
  for (const { tenant_id } of tenants) {
    count += await changed(door, tenant_id, 'update outbox set published_at = null, stream_sequence = null where stream_sequence > $1', [sequence]);
  }
  return count;
}

async function prune(door: PostgresDoor, olderThan: Date): Promise<number> {
  const tenants = await door.sweep<{ tenant_id: string }>('select distinct tenant_id from outbox where published_at < $1', [olderThan]);
  let count = 0;
  for (const { tenant_id } of tenants) count += await changed(door, tenant_id, 'delete from outbox where published_at < $1', [olderThan]);
  return count;
}
