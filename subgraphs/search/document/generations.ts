import type { EntityManager } from 'typeorm';

/** The generation that a tenant begins with; it has no row until something is rebuilt. */
export const firstGeneration = 1;

/** SQL of the generation that is read. */
export const liveGeneration = `coalesce((select number from index_generation where status = 'LIVE'), ${firstGeneration})`;

/** The generations that are written: the one that is read, and one in the making. */
export async function writtenGenerations(db: EntityManager): Promise<number[]> {
  const rows: { number: number; status: string }[] = await db.query(`select number, status from index_generation where status <> 'RETIRED'`);
  const numbers = rows.map(({ number }) => number);
  return rows.some(({ status }) => status === 'LIVE') ? numbers : [firstGeneration, ...numbers];
}
