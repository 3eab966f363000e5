import type { VendorsContext } from './context.js';
import { vendorById } from './vendor/vendor.loaders.js';
import { membersByVendor } from './member/member.loaders.js';

/** The loaders of one request. */
export interface VendorsLoaders {
  readonly vendorById: ReturnType<typeof vendorById>;
  readonly membersByVendor: ReturnType<typeof membersByVendor>;
}

/** Makes them. */
export function vendorsLoaders(ctx: VendorsContext): VendorsLoaders {
  return { vendorById: vendorById(ctx), membersByVendor: membersByVendor(ctx) };
}
