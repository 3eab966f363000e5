import { holdsGrant, type Viewer } from '@haat/kit/identity';

/** The right to set prices, at a vendor or in the whole marketplace. */
export const pricesGrant = 'prices.manage';

/** The right to promotions, coupons and taxes of the whole marketplace. */
export const promotionsGrant = 'promotions.manage';

/** Whether somebody may set the prices of a vendor's offers. */
export function mayPrice(viewer: Viewer, vendorId: string): boolean {
  if (pricesEverything(viewer)) return true;
  return viewer.vendors.some(({ id }) => id === vendorId) && holdsGrant(viewer, pricesGrant, vendorId);
}

/** Whether somebody may set every price of the marketplace. */
export function pricesEverything(viewer: Viewer): boolean {
  return viewer.roles.includes('OPERATOR') || viewer.kind === 'SYSTEM' || viewer.grants.includes('*') || viewer.grants.includes(pricesGrant);
}
