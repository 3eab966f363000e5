import type { FindOptionsWhere } from 'typeorm';
import type { IdentityTx } from '../context.js';
import { User } from './user.js';

/**
 * An account of this tenant, locked until the commit. Whoever saves a row that was read without the lock puts back what
 * others changed meanwhile: a role that was taken away would return with a new telephone number.
 */
export function lockedUser(tx: IdentityTx, who: FindOptionsWhere<User>): Promise<User | null> {
  return tx.db.findOne(User, { where: { ...who, tenantId: tx.tenant.id }, lock: { mode: 'pessimistic_write' } });
}
