import type { EntityManager } from 'typeorm';

/** Takes turns with whoever adds rules in this tenant, until the transaction ends: or two would pass a limit together. */
export async function takeTurn(db: EntityManager, tenantId: string, what: string): Promise<void> {
  await db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${what} ${tenantId}`]);
}
