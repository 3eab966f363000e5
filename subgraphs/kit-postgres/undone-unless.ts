import type { EntityManager } from 'typeorm';
import { unsaidEventsOf } from './unsaid-events.js';

let parts = 0;

/** Does a part of a transaction, and undoes what it wrote and said where its outcome is not wanted; what came before stays. */
export async function undoneUnless<T>({ db }: { readonly db: EntityManager }, isWanted: (outcome: T) => boolean, work: () => Promise<T>): Promise<T> {
  const unsaid = unsaidEventsOf(db);
  await unsaid.write();
  // A name of its own, so that it need not be released, which would be one more round trip.
  const name = `part_${(parts += 1)}`;
  await db.query(`savepoint ${name}`);
  const outcome = await work();
  if (isWanted(outcome)) return outcome;
  unsaid.drop();
  await db.query(`rollback to savepoint ${name}`);
  return outcome;
}
