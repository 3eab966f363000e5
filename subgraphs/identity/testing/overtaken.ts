import { eventually } from '@haat/kit/testing/eventually';
import { withClient } from '@haat/kit-postgres/postgres-client';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import type { IdentityRig, Outcome } from './identity-rig.js';

/** Where a mutation is held: before its try is counted, or when the tries are forgotten because the password was right. */
const holds = {
  counting: { strength: 'for update', statement: 'insert into attempt%' },
  // Lets the counter grow, and no more than that.
  proved: { strength: 'for key share', statement: 'delete from attempt%' },
} as const;

/** A mutation that has read the account, and what is to happen before it goes on. */
export interface Overtaken {
  readonly asker: TestAsker;
  readonly field: Parameters<IdentityRig['mutate']>[1];
  readonly input: Record<string, unknown>;
  /** What its tries are counted as; one must have been counted before. */
  readonly kind: string;
  readonly at: keyof typeof holds;
  readonly meanwhile: () => Promise<unknown>;
}

/** Runs a mutation that something else overtakes once the account was read. */
export async function overtaken(rig: IdentityRig, { asker, field, input, kind, at, meanwhile }: Overtaken): Promise<Outcome> {
  return withClient(rig.subgraph.adminUrl, async (somebody) => {
    await somebody.query('begin');
    const held = await somebody.query(`select from identity.attempt where tenant_id = $1 and kind = $2 ${holds[at].strength}`, [asker.tenant.id, kind]);
    if (held.rowCount === 0) throw new Error(`No try of ${kind} was counted before.`);
    const outcome = rig.mutate(asker, field, input);
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`;
    await eventually(async () => (await rig.subgraph.query(waiting, [holds[at].statement])).length > 0);
    await meanwhile();
    await somebody.query('commit');
    return outcome;
  });
}
