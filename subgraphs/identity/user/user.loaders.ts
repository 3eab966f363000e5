import { listLoader } from '@haat/kit/loader';
import { SavedAddressRow } from '../address/saved-address.js';
import type { IdentityContext } from '../context.js';
import { Session } from '../session/session.js';

/** The saved addresses of each user, the default one first. */
export function addressesByUser(ctx: IdentityContext) {
  const fetch = (userIds: readonly string[]) => ctx.db.createQueryBuilder(SavedAddressRow, 'a')
    .where('a.userId = any(:userIds)', { userIds }).orderBy('a.isDefault', 'DESC').addOrderBy('a.id').getMany();
  return listLoader(fetch, (row) => row.userId);
}

/** The open sessions of each user, the newest first. */
export function sessionsByUser(ctx: IdentityContext) {
  const fetch = (userIds: readonly string[]) => ctx.db.createQueryBuilder(Session, 's')
    .where('s.userId = any(:userIds) and s.endedAt is null and s.expiresAt > :now', { userIds, now: ctx.clock.now() })
    .orderBy('s.id', 'DESC').getMany();
  return listLoader(fetch, (row) => row.userId);
}
