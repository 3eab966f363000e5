import { listLoader } from '@haat/kit/loader';
import { SavedAddressRow } from '../address/saved-address.js';
import type { IdentityContext } from '../context.js';
import { openSessionsMax, Session } from '../session/session.js';

/** The saved addresses of each user, the default one first. */
export function addressesByUser(ctx: IdentityContext) {
  const fetch = (userIds: readonly string[]) => ctx.db.createQueryBuilder(SavedAddressRow, 'a')
    .where('a.userId = any(:userIds)', { userIds }).orderBy('a.isDefault', 'DESC').addOrderBy('a.id').getMany();
  return listLoader(fetch, (row) => row.userId);
}

/** The open sessions of each user, the newest first: as many as one may have, also of those who had more before there was a limit. */
export function sessionsByUser(ctx: IdentityContext) {
  const newest = `select o.id from unnest(cast(:userIds as text[])) u cross join lateral
    (select id from session where user_id = u and ended_at is null and expires_at > :now order by id desc limit :max) o`;
  const fetch = (userIds: readonly string[]) => ctx.db.createQueryBuilder(Session, 's')
    .where(`s.id in (${newest})`, { userIds, now: ctx.clock.now(), max: openSessionsMax })
    .orderBy('s.id', 'DESC').getMany();
  return listLoader(fetch, (row) => row.userId);
}
