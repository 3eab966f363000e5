import { holdsGrant, type Viewer } from '@haat/kit/identity';
import { forbidden } from '@haat/kit/refusal';

/** The right to change the catalogue, at a vendor or in the whole marketplace. */
export const manageGrant = 'catalog.manage';
/** The right to see what shoppers do not see. */
export const readGrant = 'catalog.read';

/** Whether somebody sees drafts, planned and archived products: operators, and merchants and tokens with a right to the catalogue. */
export function isStaff(viewer: Viewer): boolean {
  return runsMarketplace(viewer) || viewer.vendors.some(({ grants }) => [manageGrant, readGrant, '*'].some((grant) => grants.includes(grant)));
}

/** Whether somebody may change what belongs to a vendor, or to the operators where `vendorId` is undefined. */
export function mayManage(viewer: Viewer, vendorId: string | undefined): boolean {
  if (viewer.roles.includes('OPERATOR') || holdsGrant(viewer, manageGrant)) return true;
  return vendorId !== undefined && viewer.vendors.some(({ id }) => id === vendorId) && holdsGrant(viewer, manageGrant, vendorId);
}

/** Refuses who may not change what belongs to a vendor. */
export function checkMayManage(viewer: Viewer, vendorId: string | undefined): void {
  if (!mayManage(viewer, vendorId)) throw forbidden();
}

/** Whether somebody sees a vendor's offers that are not for sale now. */
export function seesOffersOf(viewer: Viewer, vendorId: string): boolean {
  return runsMarketplace(viewer) || viewer.vendors.some(({ id }) => id === vendorId);
}

/** Whether somebody sees private facts of integrations. */
export function seesPrivateFacts(viewer: Viewer): boolean {
  return viewer.kind === 'TOKEN' || isStaff(viewer);
}

function runsMarketplace(viewer: Viewer): boolean {
  return viewer.roles.includes('OPERATOR') || viewer.roles.includes('PLATFORM') || holdsGrant(viewer, manageGrant) || holdsGrant(viewer, readGrant);
}
