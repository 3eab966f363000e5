import { SavedAddressRow } from '../address/saved-address.js';
import type { IdentityTx } from '../context.js';
import { endSessionsOf } from '../session/end-session.js';
import { RecoveryCode, TotpFactor } from '../totp/totp-factor.js';
import type { User } from './user.js';

/**
 * Anybody can register an address that is not theirs, with a password, an app, a telephone and postal addresses of their own,
 * and wait. Whoever proves the address by a mail that they asked for, or were invited by, gets the account without them.
 */
export async function forgetRegistrant(tx: IdentityTx, user: User): Promise<void> {
  if (user.emailVerifiedAt) return;
  Object.assign(user, { passwordHash: null, phone: null });
  await tx.db.save(user);
  for (const rows of [TotpFactor, RecoveryCode, SavedAddressRow]) await tx.db.delete(rows, { tenantId: tx.tenant.id, userId: user.id });
  await endSessionsOf(tx, user.id, 'PASSWORD_CHANGED');
}
