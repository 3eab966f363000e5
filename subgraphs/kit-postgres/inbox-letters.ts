import { createHash } from 'node:crypto';
import { envelopeSchema, type EventEnvelope } from '@haat/schema/event';
import { platformTenantId } from '@haat/schema/ids';
import type { EntityManager } from 'typeorm';
import { actingFor, applyOnce } from './inbox-apply.js';
import { changed } from './outbox.js';
import type { PostgresDoor } from './postgres-door.js';
import type { Applied, DeadLetter, InboxStore, UnitOfWork } from '@haat/kit/store';

/** Letters listed, and redriven by one call, at most. */
const lettersMax = 1_000;

type Letter = Parameters<InboxStore<EntityManager>['bury']>[1];

/** Which letter is tried again. */
export interface Redriving {
  readonly consumer: string;
  readonly letterId: string;
  readonly subgraph: string;
}

/** Applies one letter's event. */
type Again = (unit: UnitOfWork<EntityManager>, envelope: EventEnvelope) => Promise<void>;

interface LetterRow {
  readonly id: string;
  readonly consumer: string;
  readonly tenant_id: string;
  readonly aggregate_id: string | null;
  readonly status: DeadLetter['status'];
  readonly subject: string;
  readonly body: string;
  readonly reason: string;
  readonly attempts: number;
  readonly died_at: Date;
}

/** Keeps a letter, once per consumer and event; a later death replaces the reason. What is no event goes to the platform. */
export async function bury(door: PostgresDoor, consumer: string, { envelope, subject, body, reason, attempts }: Letter): Promise<void> {
  const tenantId = envelope?.tenantId ?? platformTenantId;
  const id = `${consumer}:${envelope?.id ?? createHash('sha256').update(`${subject}\n${body}`).digest('hex')}`;
  await door.inTenant(tenantId, () => door.db.query(
    `insert into dead_letter (tenant_id, id, consumer, aggregate_id, aggregate_version, status, subject, body, reason, attempts, died_at)
     values ($1, $2, $3, $4, $5, 'DEAD', $6, $7, $8, $9, now())
     on conflict (tenant_id, id) do update set status = 'DEAD', reason = excluded.reason, attempts = excluded.attempts, died_at = excluded.died_at
       where dead_letter.status in ('DEAD', 'PARKED')`,
    [tenantId, id, consumer, envelope?.aggregate.id ?? null, envelope?.aggregate.version ?? 0, subject, legible(body), legible(reason), attempts],
  ));
}

/** All tenants' letters, oldest first. Where there are more than are listed, the open ones are: what was redriven hides nothing. */
export async function letters(door: PostgresDoor, consumer?: string, limit: number = lettersMax): Promise<readonly DeadLetter[]> {
  const found = await door.sweep<{ tenant_id: string; id: string }>(
    `select tenant_id, id from (
       select tenant_id, id, died_at from dead_letter where $1::text is null or consumer = $1 order by status in ('DEAD', 'PARKED') desc, died_at, id limit $2
     ) as listed order by died_at, id`,
    [consumer ?? null, Math.min(limit, lettersMax)],
  );
  const byId = new Map<string, DeadLetter>();
  for (const [tenantId, of] of Map.groupBy(found, (row) => row.tenant_id)) {
    const rows: LetterRow[] = await door.inTenant(tenantId, () => door.db.query('select * from dead_letter where id = any($1)', [of.map(({ id }) => id)]));
    for (const row of rows) byId.set(row.id, shown(row));
  }
  return found.flatMap(({ id }) => byId.get(id) ?? []);
}

/** Works off the letters of an aggregate from the first open one on, each in its own transaction, until one fails. */
export async function redrive(door: PostgresDoor, redriving: Redriving, work: Again): Promise<number> {
  const { consumer, letterId } = redriving;
  const [found] = await door.sweep<{ tenant_id: string }>(`select tenant_id from dead_letter where id = $1 and consumer = $2 and status in ('DEAD', 'PARKED')`, [letterId, consumer]);
  if (!found) return 0;
  const tenantId = found.tenant_id;
  const [asked] = await rowsOf(door, tenantId, 'id = $1', [letterId]);
  if (!asked) return 0;
  if (asked.aggregate_id === null) return (await again(door, redriving, asked, work)) === 'applied' ? 1 : 0;
  let count = 0;
  for (let n = 0; n < lettersMax; n += 1) {
    const [next] = await rowsOf(door, tenantId, `consumer = $1 and aggregate_id = $2 and status in ('DEAD', 'PARKED') order by aggregate_version, id limit 1`, [consumer, asked.aggregate_id]);
    if (!next) break;
    const outcome = await again(door, redriving, next, work);
    if (outcome === undefined) break;
    if (outcome === 'applied') count += 1;
  }
  return count;
}

/** Undefined when it failed once more; the letter then says why. */
async function again(door: PostgresDoor, { consumer, subgraph }: Redriving, letter: LetterRow, work: Again): Promise<Applied | undefined> {
  try {
    const envelope = envelopeSchema.parse(JSON.parse(letter.body)) as EventEnvelope;
    return await door.transaction(actingFor(envelope, subgraph), async (unit) => {
      const outcome = await applyOnce(unit, consumer, envelope, () => work(unit, envelope), true);
      if (letter.tenant_id === envelope.tenantId) await unit.db.query(closeSql, [letter.id]);
      else unit.afterCommit(async () => void (await changed(door, letter.tenant_id, closeSql, [letter.id])));
      return outcome;
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await changed(door, letter.tenant_id, `update dead_letter set status = 'DEAD', reason = $2, attempts = attempts + 1 where id = $1 and status in ('DEAD', 'PARKED')`, [letter.id, legible(reason)]);
    return undefined;
  }
}

const closeSql = `update dead_letter set status = 'REDRIVEN' where id = $1 and status in ('DEAD', 'PARKED')`;

function rowsOf(door: PostgresDoor, tenantId: string, where: string, parameters: readonly unknown[]): Promise<LetterRow[]> {
  return door.inTenant(tenantId, () => door.db.query(`select * from dead_letter where ${where}`, [...parameters]));
}

function shown({ id, consumer, tenant_id, aggregate_id, status, subject, body, reason, attempts, died_at }: LetterRow): DeadLetter {
  const tenantId = aggregate_id === null ? null : tenant_id;
  return { id, consumer, tenantId, aggregateId: aggregate_id, status, subject, body, reason, attempts, diedAt: died_at };
}

/** Postgres keeps no NUL in a text. */
function legible(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
