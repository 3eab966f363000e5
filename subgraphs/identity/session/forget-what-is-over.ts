import type { Context } from '@haat/kit/context';
import type { Job, JobScope } from '@haat/kit/define';
import type { EntityManager } from 'typeorm';
import type { IdentityConfig } from '../config.js';
import { knownAddressDays } from './sign-in-attempts.js';

const dayMs = 86_400_000;

/** Tries are counted over a day at most. */
const attemptDays = 2;

/** How long a mailed secret that is good no more is kept, in days: somebody may ask what became of it. */
const secretCodeDays = 30;

/**
 * Drops what time has made useless. Anybody can make these rows by asking, so that they must not stay for ever. A session
 * stays as long as the address it was used from counts as its owner's; a used refresh token as long as a thief of it could
 * still show it.
 */
export const forgetWhatIsOver: Job = {
  name: 'forget-what-is-over',
  everyMs: 3_600_000,
  async run(scope) {
    const { SESSION_DAYS } = scope.config as IdentityConfig;
    await forget(scope, { table: 'attempt', due: 'began_at', days: attemptDays });
    await forget(scope, { table: 'secret_code', due: 'expires_at', days: secretCodeDays });
    await forget(scope, { table: 'refresh_token', due: 'used_at', days: SESSION_DAYS });
    await forget(scope, { table: 'session', due: 'expires_at', days: knownAddressDays });
  },
};

/** Which rows go: those whose time was over that long ago. Names of ours, never a client's. */
interface Over {
  readonly table: string;
  readonly due: string;
  readonly days: number;
}

async function forget({ clock, signal, sweep, inTenant }: JobScope, { table, due, days }: Over): Promise<void> {
  const before = new Date(clock.now().getTime() - days * dayMs);
  const tenants = await sweep<{ tenant_id: string }>(`select distinct tenant_id from ${table} where ${due} < $1`, [before]);
  for (const { tenant_id } of tenants) {
    if (signal.aborted) return;
    await inTenant(tenant_id, (ctx: Context<EntityManager, never, never>) => ctx.db.query(`delete from ${table} where ${due} < $1`, [before]));
  }
}
