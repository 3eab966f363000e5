import { listLoader } from '@haat/kit/loader';
import type { VendorsContext } from '../context.js';
import { VendorMember } from './vendor-member.js';

/** Who works for each vendor or is invited to, the first to come in front. */
export function membersByVendor(ctx: VendorsContext) {
  const fetch = (vendorIds: readonly string[]) => ctx.db.createQueryBuilder(VendorMember, 'm')
    .where('m.vendorId = any(:vendorIds) and m.status <> \'REMOVED\'', { vendorIds }).orderBy('m.createdAt').addOrderBy('m.id').getMany();
  return listLoader(fetch, (member) => member.vendorId);
}
