import type { PricingTx } from './context.js';

/** Does a part of a transaction, and undoes what it wrote where its outcome is not wanted; what was written before stays. */
export async function undoneUnless<T>(tx: PricingTx, isWanted: (outcome: T) => boolean, work: () => Promise<T>): Promise<T> {
  await tx.db.query('savepoint part');
  const outcome = await work();
  await tx.db.query(isWanted(outcome) ? 'release savepoint part' : 'rollback to savepoint part');
  return outcome;
}
