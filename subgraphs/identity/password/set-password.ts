import type { IdentityTx } from '../context.js';
import { endSessionsOf } from '../session/end-session.js';
import { User } from '../user/user.js';

/**
 * Sets a password that passed the policy. Every session but the named one ends, and what was mailed or begun before is good
 * no more: an old invitation must not open the account again.
 */
export async function setPassword(tx: IdentityTx, user: User, passwordHash: string, butSessionId?: string): Promise<void> {
  user.passwordHash = passwordHash;
  await tx.db.update(User, { tenantId: tx.tenant.id, id: user.id }, { passwordHash });
  await tx.db.query(
    `update secret_code set used_at = $3 where tenant_id = $1 and user_id = $2 and used_at is null and purpose <> 'VERIFY_EMAIL'`,
    [tx.tenant.id, user.id, tx.clock.now()],
  );
  await endSessionsOf(tx, user.id, 'PASSWORD_CHANGED', butSessionId);
}
