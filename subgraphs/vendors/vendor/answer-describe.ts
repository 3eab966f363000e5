import { vendorDescribe } from '@haat/schema/asks/vendors';
import { defineAnswer } from '@haat/kit/define';
import type { VendorsContext } from '../context.js';
import { isOnHoliday, isOpen, Vendor } from './vendor.js';
import { VendorStatus } from './vendor-status.js';

/** What a checkout must know of vendors now, read where it is decided: a suspension counts from its commit on. */
export const answerDescribe = defineAnswer(vendorDescribe, async (ctx: VendorsContext, { vendorIds }) => {
  const rows = await ctx.db.createQueryBuilder(Vendor, 'v').where('v.id = any(:vendorIds)', { vendorIds }).orderBy('v.id').getMany();
  const now = ctx.clock.now();
  return { vendors: rows.map((vendor) => described(vendor, now)) };
});

function described(vendor: Vendor, now: Date) {
  const { id: vendorId, slug, name, minimumOrderMinor, acceptsAfterHours } = vendor;
  return { vendorId, slug, name, openNow: isOpen(vendor, now), whyClosed: whyClosed(vendor, now), minimumOrderMinor, acceptsAfterHours };
}

function whyClosed(vendor: Vendor, now: Date) {
  switch (vendor.status) {
    case VendorStatus.APPROVED: return isOnHoliday(vendor, now) ? 'ON_HOLIDAY' as const : null;
    case VendorStatus.SUSPENDED: return 'SUSPENDED' as const;
    case VendorStatus.CLOSED: return 'CLOSED' as const;
    default: return 'NOT_APPROVED' as const;
  }
}
