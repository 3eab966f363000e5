import type { VendorsContext } from './context.js';
import { requirementsByVendor } from './requirement/requirement.loaders.js';
import { vendorById } from './vendor/vendor.loaders.js';
import { membersByVendor } from './member/member.loaders.js';

/** The loaders of one request. */
export interface VendorsLoaders {
  readonly vendorById: ReturnType<typeof vendorById>;
  readonly requirementsByVendor: ReturnType<typeof requirementsByVendor>;
  readonly membersByVendor: ReturnType<typeof membersByVendor>;
}

/** Makes them. */
export function vendorsLoaders(ctx: VendorsContext): VendorsLoaders {
  return { requirementsByVendor: requirementsByVendor(ctx), vendorById: vendorById(ctx), membersByVendor: membersByVendor(ctx) };
}
