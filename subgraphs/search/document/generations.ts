import type { EntityManager } from 'typeorm';

/** The generation that a tenant begins with; it has no row until something is rebuilt. */
export const firstGeneration = 1;

/** SQL of the generation that is read. */
export const liveGeneration = `coalesce((select number from index_generation where status = 'LIVE'), ${firstGeneration})`;

const turn = `hashtextextended('generations ' || current_setting('app.tenant_id'), 0)`;

/** The generations that are written: the one that is read, and one in the making. None begins until the transaction ends. */
export async function writtenGenerations(db: EntityManager): Promise<number[]> {
  await db.query(`select pg_advisory_xact_lock_shared(${turn})`);
  const rows: { number: number; status: string }[] = await db.query(`select number, status from index_generation where status <> 'RETIRED'`);
  const numbers = rows.map(({ number }) => number);
  return rows.some(({ status }) => status === 'LIVE') ? numbers : [firstGeneration, ...numbers];
}

/** Waits until all who know of no other generations than these have ended, and lets nobody begin before the transaction ends. */
export async function awaitWriters(db: EntityManager): Promise<void> {
  await db.query(`select pg_advisory_xact_lock(${turn})`);
}
