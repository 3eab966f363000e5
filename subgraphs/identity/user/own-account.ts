import { unauthenticated } from '@haat/kit/refusal';
import type { IdentityContext, IdentityTx } from '../context.js';
import { lockedUser } from './locked-user.js';
import { User } from './user.js';

/** The viewer's own account, to read. Throws `UNAUTHENTICATED` when it was switched off or erased meanwhile. */
export async function ownAccount(ctx: IdentityContext): Promise<User> {
  return there(await ctx.db.findOneBy(User, { tenantId: ctx.tenant.id, id: ctx.viewer.userId ?? '', status: 'ACTIVE' }));
}

/** The viewer's own account, to change. Throws as {@link ownAccount} does. */
export async function lockedOwnAccount(tx: IdentityTx): Promise<User> {
  return there(await lockedUser(tx, { id: tx.viewer.userId ?? '', status: 'ACTIVE' }));
}

function there(user: User | null): User {
  if (!user) throw unauthenticated();
  return user;
}
