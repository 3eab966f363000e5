import { parsed } from '@haat/kit/input';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { connectionOf, type Page, type PageArgs } from '@haat/kit/page';
import { z } from 'zod';
import type { IdentityContext } from '../context.js';
import { User } from './user.js';

/** A page of people. */
export const { Connection: UserConnection } = connectionOf(User, { name: 'User', description: 'People of the marketplace, the newest first.', totalCount: true });

const searchText = z.string().trim().max(100);

/** The people of the tenant, newest first; `search` is part of a name or an e-mail address. Erased ones are left out. */
export function listUsers(ctx: IdentityContext, args: PageArgs, search?: string | null): Promise<Page<User>> {
  const qb = ctx.db.createQueryBuilder(User, 'u').where('u.status <> :erased', { erased: 'ERASED' });
  const text = search ? parsed(searchText, search, ['search']) : '';
  if (text) qb.andWhere(`position(lower(:text) in lower(coalesce(u.name, '') || ' ' || coalesce(u.email, ''))) > 0`, { text });
  return keysetPage({ qb, order: [{ column: 'u.id', direction: 'DESC' }], args, tenantId: ctx.tenant.id });
}

/** People by id, in the order of the ids, with one statement. */
export async function findUsers(ctx: IdentityContext, keys: readonly { readonly id: string }[]): Promise<(User | null)[]> {
  const rows = await ctx.db.createQueryBuilder(User, 'u').where('u.id = any(:ids)', { ids: keys.map((k) => k.id) }).getMany();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return keys.map((k) => byId.get(k.id) ?? null);
}
