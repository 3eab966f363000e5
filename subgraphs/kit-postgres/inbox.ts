import type { EventEnvelope } from '@haat/schema/event';
import type { EntityManager } from 'typeorm';
import { actingFor, applyBatch, applyOnce } from './inbox-apply.js';
import { bury, letters, redrive } from './inbox-letters.js';
import { changed } from './outbox.js';
import type { PostgresDoor } from './postgres-door.js';
import type { InboxStore } from '@haat/kit/store';

/** Once per event on Postgres: the inbox row, the head and the effect are one commit. */
export function postgresInbox(door: PostgresDoor): InboxStore<EntityManager> {
  // Duplicates come in thousands or not at all: after one, the next event is looked up before it costs a transaction.
  let wasDuplicate = false;
  return {
    apply: async (consumer, envelope, subgraph, work) => {
      if (wasDuplicate && (await isKnown(door, consumer, envelope))) return 'duplicate';
      const applied = await door.transaction(actingFor(envelope, subgraph), (unit) => applyOnce(unit, consumer, envelope, work));
      wasDuplicate = applied === 'duplicate';
      return applied;
    },
    applyBatch: (consumer, envelopes, subgraph, work) => door.transaction({ tenantId: envelopes[0]?.tenantId ?? '', actor: `system:${subgraph}` }, (unit) => applyBatch(unit, consumer, envelopes, work)),
    bury: (consumer, letter) => bury(door, consumer, letter),
    letters: (consumer, limit) => letters(door, consumer, limit),
    redrive: (consumer, letterId, subgraph, work) => redrive(door, { consumer, letterId, subgraph }, work),
    prune: (olderThan) => prune(door, olderThan),
  };
}

async function isKnown(door: PostgresDoor, consumer: string, { id, tenantId }: EventEnvelope): Promise<boolean> {
  const rows: unknown[] = await door.inTenant(tenantId, () => door.db.query('select from inbox where tenant_id = $1 and consumer = $2 and id = $3', [tenantId, consumer, id]));
  return rows.length > 0;
}

async function prune(door: PostgresDoor, olderThan: Date): Promise<number> {
  const old = await door.sweep<{ tenant_id: string }>(
    `select distinct tenant_id from inbox where applied_at < $1
     union select distinct tenant_id from dead_letter where died_at < $1 and status in ('REDRIVEN', 'DISCARDED')`,
    [olderThan],
  );
  let count = 0;
  for (const { tenant_id } of old) {
    await changed(door, tenant_id, `delete from dead_letter where died_at < $1 and status in ('REDRIVEN', 'DISCARDED')`, [olderThan]);
    count += await changed(door, tenant_id, 'delete from inbox where applied_at < $1', [olderThan]);
  }
  return count;
}
