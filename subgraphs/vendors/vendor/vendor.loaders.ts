import { loader, mapBy } from '@haat/kit/loader';
import type { VendorsContext } from '../context.js';
import { Vendor } from './vendor.js';

/** Vendors by id, whoever may see them: for what hangs on a vendor and was let through already. */
export function vendorById(ctx: VendorsContext) {
  return loader(async (ids: readonly string[]) => mapBy(await ctx.db.createQueryBuilder(Vendor, 'v').where('v.id = any(:ids)', { ids }).getMany(), ({ id }) => id));
}
