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

/** The vendors whose prices are somebody's to set. */
export function pricingVendors(viewer: Viewer): string[] {
  return viewer.vendors.filter(({ id }) => holdsGrant(viewer, pricesGrant, id)).map(({ id }) => id);
}

/** The right to taxes: a mistake there is one with the law. */
export const taxesGrant = 'taxes.manage';

/** Whether somebody may make promotions of every vendor, and of the platform. */
export function promotesEverything(viewer: Viewer): boolean {
  return viewer.roles.includes('OPERATOR') || viewer.kind === 'SYSTEM' || viewer.grants.includes('*') || viewer.grants.includes(promotionsGrant);
}

/** Whether somebody may make promotions of a vendor, or of the platform where `vendorId` is null. */
export function mayPromote(viewer: Viewer, vendorId: string | null): boolean {
  return promotesEverything(viewer) || (vendorId !== null && promotingVendors(viewer).includes(vendorId));
}

/** The vendors whose promotions are somebody's to make. */
export function promotingVendors(viewer: Viewer): string[] {
  return viewer.vendors.filter(({ id }) => holdsGrant(viewer, promotionsGrant, id)).map(({ id }) => id);
}

/** Whether somebody may make, see and end the coupons of a promotion. What the platform bears a part of, whoever promotes for the platform hands out. */
export function mayHandOut(viewer: Viewer, { vendorId, platformPpm }: { readonly vendorId: string | null; readonly platformPpm: number }): boolean {
  return promotesEverything(viewer) || (platformPpm === 0 && mayPromote(viewer, vendorId));
}
