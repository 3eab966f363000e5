import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Clock } from '@haat/kit/clock';
import type { Context, IdempotencyOptions } from '@haat/kit/context';
import type { Job } from '@haat/kit/define';
import { keptAnswer, revivedAnswer } from './idempotency-answer.js';
import { invariant } from '@haat/kit/invariant';
import { idempotencyKeyText } from '@haat/kit/limits';
import { tenantTable, type Migration } from './migration.js';
import { lockTimeout, sqlStateOf } from './postgres-errors.js';
import { badInput, Refusal } from '@haat/kit/refusal';
import type { ActingIn } from '@haat/kit/store';

/** How long an answer is kept, in hours: at least, and where nothing is said. */
const keepHoursMin = 24;

/** When a client whose first call is still running may ask again, in seconds. */
const retryAfterSeconds = 2;

const hourMs = 3_600_000;

/** A key's row is there only together with its effect, so that a crash leaves neither. */
export const idempotencyMigrations: readonly Migration[] = [{
  name: 'kit-0003-idempotency',
  up: [
    tenantTable('idempotency_key', `
      actor text not null,
      operation text not null,
      request_hash text not null,
      answer jsonb,
      expires_at timestamptz not null`, { sweep: { columns: ['expires_at'] } }),
    `comment on column idempotency_key.id is 'Hash of actor, operation and the client''s key.';`,
    'create index idempotency_key_by_expiry on idempotency_key (expires_at);',
  ].join('\n'),
}];

/** An effect, and by what clock its key expires. */
export interface KeyedEffect<T> {
  readonly clock: Clock;
  work(): Promise<T>;
}

/**
 * Has an effect once per (tenant, caller, operation, key), within the transaction of `em`: the key's row goes in first and its
 * answer with the effect. Whoever comes meanwhile waits for the first one's end, as long as a lock may take; then
 * `CONFLICT_IN_PROGRESS`. Afterwards everybody gets the kept answer; with another input `IDEMPOTENCY_KEY_REUSED`.
 * What is thrown keeps nothing, so that the key may be tried again; expected outcomes are answers and stay.
 */
export async function onceByKey<T>(em: EntityManager, acting: ActingIn, options: IdempotencyOptions, effect: KeyedEffect<T>): Promise<T> {
  const { operation, key, input, keepHours = keepHoursMin } = options;
  if (!idempotencyKeyText.safeParse(key).success) throw badInput([{ path: ['idempotencyKey'], message: `expected 1 to 255 printable ASCII characters, came ${key.length}` }]);
  invariant(keepHours >= keepHoursMin, `An answer is kept for ${keepHoursMin} hours at least.`);
  const id = hashOf([acting.caller ?? acting.actor, operation, key]);
  const requestHash = hashOf(input);
  const now = effect.clock.now();
  const expiresAt = new Date(now.getTime() + keepHours * hourMs);
  if (!(await claim(em, [id, acting.actor, operation, requestHash, expiresAt, now]))) return kept<T>(em, id, requestHash);
  const answer = await effect.work();
  await em.query('update idempotency_key set answer = $2 where tenant_id = $3 and id = $1', [id, keptAnswer(answer, em), acting.tenantId]);
  return answer;
}

/** Drops the keys whose time is over. */
export const pruneIdempotencyKeys: Job = {
  name: 'prune-idempotency-keys',
  everyMs: hourMs,
  async run(scope) {
    const now = scope.clock.now();
    const tenants = await scope.sweep<{ tenant_id: string }>('select distinct tenant_id from idempotency_key where expires_at <= $1', [now]);
    for (const { tenant_id } of tenants) {
      if (scope.signal.aborted) return;
      await scope.inTenant(tenant_id, (ctx: Context<EntityManager, never, never>) => ctx.db.query('delete from idempotency_key where expires_at <= $1', [now]));
    }
  },
};

/** Whether the key is ours: new, or expired and so as good as new. Waits for whoever inserted it and has not committed. */
async function claim(em: EntityManager, parameters: readonly unknown[]): Promise<boolean> {
  const sql = `insert into idempotency_key as k (id, actor, operation, request_hash, expires_at) values ($1, $2, $3, $4, $5)
    on conflict (tenant_id, id) do update set request_hash = excluded.request_hash, answer = null, expires_at = excluded.expires_at, version = k.version + 1
    where k.expires_at <= $6 returning id`;
  const rows: unknown[] = await em.query(sql, [...parameters]).catch((error: unknown) => {
    if (sqlStateOf(error) === lockTimeout) throw new Refusal('CONFLICT_IN_PROGRESS', 'The first call with this idempotency key is still running; ask again.', { retryAfterSeconds });
    throw error;
  });
  return rows.length > 0;
}

async function kept<T>(em: EntityManager, id: string, requestHash: string): Promise<T> {
  const [row]: { request_hash: string; answer: unknown }[] = await em.query('select request_hash, answer from idempotency_key where id = $1', [id]);
  invariant(row, 'An idempotency key went away while it was read.');
  if (row.request_hash !== requestHash) throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used for another input; take a new one.');
  return revivedAnswer(row.answer, em) as T;
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('base64url');
}

/** JSON in which the order of an object's keys does not matter, and an absent one is as one undefined. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  }) ?? 'null';
}
