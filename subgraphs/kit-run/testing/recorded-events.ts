import { streamOf, type EventEnvelope } from '@haat/schema/event';
import type { NatsConnection } from 'nats';
import type { TestDatabase } from '@haat/kit-postgres/testing/postgres';

/** All that a subgraph on Postgres said in a tenant, in order; in all tenants when none is named. */
export async function recordedEvents(database: Pick<TestDatabase, 'query'>, subgraph: string, tenantId?: string): Promise<readonly EventEnvelope[]> {
  const rows = await database.query<{ payload: EventEnvelope }>(`select payload from ${subgraph}.outbox where $1::text is null or tenant_id = $1 order by seq`, [tenantId ?? null]);
  return rows.map(({ payload }) => payload);
}

/** All that lies in a producer's stream, in order, repeats too. Needs a user that may do everything. */
export async function streamedEvents(connection: NatsConnection, producer: string, tenantId?: string): Promise<readonly EventEnvelope[]> {
  const name = streamOf(producer);
  const { streams } = await connection.jetstreamManager();
  const { state } = await streams.info(name);
  const found: EventEnvelope[] = [];
  for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
    const { data } = await streams.getMessage(name, { seq });
    found.push(JSON.parse(new TextDecoder().decode(data)) as EventEnvelope);
  }
  return found.filter((event) => tenantId === undefined || event.tenantId === tenantId);
}
