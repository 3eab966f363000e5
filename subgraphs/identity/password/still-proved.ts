import { IsNull } from 'typeorm';
import type { IdentityTx } from '../context.js';
import { openOwnSession } from '../session/end-session.js';
import { lockedUser } from '../user/locked-user.js';
import type { User } from '../user/user.js';

/**
 * The account, locked, while it is as it was when somebody proved to be its person. Proving takes long and holds no lock:
 * null when the password was changed or reset meanwhile, or the account switched off or erased.
 */
export function stillProved(tx: IdentityTx, { id, passwordHash }: User): Promise<User | null> {
  return lockedUser(tx, { id, status: 'ACTIVE', passwordHash: passwordHash ?? IsNull() });
}

/** The same for who proved it within a session: null as well when that is over, as a reset ends it. */
export async function stillProvedInSession(tx: IdentityTx, user: User): Promise<User | null> {
  const proved = await stillProved(tx, user);
  return proved && (await openOwnSession(tx)) ? proved : null;
}
