import { createHash } from 'node:crypto';
import type { IdentityContext, IdentityTx } from '../context.js';

/** What is counted, and for whom. */
export interface Attempt {
  /** Such as `sign-in:account`. */
  readonly kind: string;
  /** An e-mail address, a network address: kept as a hash. */
  readonly subject: string;
  /** How many are let through in a window. */
  readonly max: number;
  readonly windowMinutes: number;
}

/**
 * Counts a try of each kind in their order, and says how long to wait at the first that has been tried too often: a try that
 * is not let through counts for none of those behind it. Committed by itself, before the try is made, so that failing or
 * crashing does not give it back. A window that has passed begins anew, so nobody is locked out for good.
 */
export async function countAttempts(ctx: IdentityContext, attempts: readonly Attempt[]): Promise<{ waitSeconds: number }> {
  for (const attempt of attempts) {
    // One at a time: the many of one network would wait for each other's accounts as well.
    const waitSeconds = await ctx.transaction((tx) => countOne(tx.db, ctx.clock.now(), ctx.tenant.id, attempt));
    if (waitSeconds > 0) return { waitSeconds };
  }
  return { waitSeconds: 0 };
}

/** Forgets the tries of an account after it got in. */
export async function forgetAttempts(ctx: IdentityContext, { kind, subject }: Pick<Attempt, 'kind' | 'subject'>): Promise<void> {
  await ctx.transaction((tx) => tx.db.query('delete from attempt where tenant_id = $1 and id = $2', [ctx.tenant.id, idOf(kind, subject)]));
}

/** Forgets all tries of an e-mail address: even its hash names somebody. */
export async function forgetWho(tx: IdentityTx, email: string): Promise<void> {
  await tx.db.query('delete from attempt where tenant_id = $1 and subject = $2', [tx.tenant.id, hashed(email)]);
}

type Runs = { query(statement: string, parameters: unknown[]): Promise<unknown> };

async function countOne(db: Runs, now: Date, tenantId: string, attempt: Attempt): Promise<number> {
  const windowMs = attempt.windowMinutes * 60_000;
  const rows = (await db.query(
    `insert into attempt as a (tenant_id, id, kind, subject, began_at, count) values ($1, $2, $3, $6, $4, 1)
     on conflict (tenant_id, id) do update set
       began_at = case when a.began_at <= $5 then excluded.began_at else a.began_at end,
       count = case when a.began_at <= $5 then 1 else a.count + 1 end
     returning count, began_at`,
    [tenantId, idOf(attempt.kind, attempt.subject), attempt.kind, now, new Date(now.getTime() - windowMs), hashed(attempt.subject)],
  )) as { count: number; began_at: Date }[];
  const [row] = rows;
  if (!row || row.count <= attempt.max) return 0;
  return Math.max(1, Math.ceil((row.began_at.getTime() + windowMs - now.getTime()) / 1_000));
}

function idOf(kind: string, subject: string): string {
  return `${kind}:${hashed(subject)}`;
}

function hashed(subject: string): string {
  return createHash('sha256').update(subject).digest('hex');
}
