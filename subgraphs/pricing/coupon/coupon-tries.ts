import { createHash } from 'node:crypto';
import { networkOf } from '@haat/kit/identity';
import type { PricingContext } from '../context.js';

/** A code that was tried, and whether somebody has it. */
export interface CouponTry {
  readonly code: string;
  readonly isKnown: boolean;
}

interface Limit {
  readonly subject: string;
  readonly max: number;
}

/**
 * Counts codes that nobody has, each once, against the limits of who asks and of their network address, and answers which codes are
 * to be hidden from them: one statement, and a write where a code is new to them. What we ask of ourselves is not counted.
 */
export async function couponTries(ctx: PricingContext, tries: readonly CouponTry[]): Promise<(code: string) => boolean> {
  const limits = limitsOf(ctx);
  if (limits.length === 0) return () => false;
  const since = new Date(ctx.clock.now().getTime() - ctx.config.COUPON_WINDOW_MINUTES * 60_000);
  const before = await triesSince(ctx, limits, since);
  const isOver = limits.some(({ subject, max }) => before.filter((row) => row.subject === subject && !row.is_known).length >= max);
  const fresh = isOver ? [] : tries.filter(({ code }) => !limits.every(({ subject }) => before.some(({ id }) => id === keyOf(subject, code))));
  if (fresh.length > 0) await note(ctx, limits, fresh);
  return (code) => isOver && !before.some(({ id, is_known }) => is_known && limits.some(({ subject }) => id === keyOf(subject, code)));
}

interface TryRow { id: string; subject: string; is_known: boolean }

function limitsOf({ viewer, clientAddress, config }: PricingContext): Limit[] {
  if (viewer.kind === 'SYSTEM') return [];
  const who = viewer.userId ?? viewer.tokenId ?? viewer.guestKey;
  return [
    ...(who ? [{ subject: hashed(`viewer ${who}`), max: config.COUPON_TRIES_PER_VIEWER }] : []),
    ...(clientAddress ? [{ subject: hashed(`address ${networkOf(clientAddress)}`), max: config.COUPON_TRIES_PER_ADDRESS }] : []),
  ];
}

function triesSince(ctx: PricingContext, limits: readonly Limit[], since: Date): Promise<TryRow[]> {
  const most = limits.reduce((sum, { max }) => sum + max, 0) * 4;
  return ctx.db.query('select id, subject, is_known from coupon_try where subject = any($1) and tried_at > $2 order by tried_at desc limit $3', [limits.map(({ subject }) => subject), since, most]);
}

/** A try that is made again after its window counts anew. */
async function note(ctx: PricingContext, limits: readonly Limit[], tries: readonly CouponTry[]): Promise<void> {
  const rows = limits.flatMap(({ subject }) => tries.map(({ code, isKnown }) => ({ id: keyOf(subject, code), subject, known: isKnown })));
  await ctx.transaction((tx) => tx.db.query(
    `insert into coupon_try (id, subject, is_known, tried_at) select r.id, r.subject, r.known, $2 from jsonb_to_recordset($1::jsonb) as r(id text, subject text, known boolean) order by r.id
     on conflict (tenant_id, id) do update set is_known = excluded.is_known, tried_at = excluded.tried_at`, [JSON.stringify(rows), ctx.clock.now()]));
}

function keyOf(subject: string, code: string): string {
  return `${subject} ${hashed(code)}`;
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
