import type { VendorsContext } from './context.js';
import { membersByVendor } from './member/member.loaders.js';

/** The loaders of one request. */
export interface VendorsLoaders {
  readonly membersByVendor: ReturnType<typeof membersByVendor>;
}

/** Makes them. */
export function vendorsLoaders(ctx: VendorsContext): VendorsLoaders {
  return { membersByVendor: membersByVendor(ctx) };
}
