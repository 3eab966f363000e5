import { holdsGrant, type Viewer } from '@haat/kit/identity';
import { forbidden } from '@haat/kit/refusal';
import type { CatalogContext } from '../context.js';

/** The right to change the catalogue, at a vendor or in the whole marketplace. */
export const manageGrant = 'catalog.manage';
/** The right to see what shoppers do not see. */
export const readGrant = 'catalog.read';

/** Whether somebody sees every draft, planned and archived product: operators, and tokens with a right to the whole catalogue. */
export function runsMarketplace(viewer: Viewer): boolean {
  return viewer.roles.includes('OPERATOR') || viewer.roles.includes('PLATFORM') || holdsGrant(viewer, manageGrant) || holdsGrant(viewer, readGrant);
}

/** The vendors at which somebody has a right to the catalogue. */
export function cataloguesOf(viewer: Viewer): string[] {
  return viewer.vendors.filter(({ grants }) => [manageGrant, readGrant, '*'].some((grant) => grants.includes(grant))).map(({ id }) => id);
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

/** Whether what somebody makes for a vendor may be seen and sold: operators decide, and a vendor's own people once it is approved. */
export async function maySell(ctx: Pick<CatalogContext, 'viewer' | 'loaders'>, vendorId: string | undefined): Promise<boolean> {
  if (mayManage(ctx.viewer, undefined)) return true;
  const fact = vendorId === undefined ? null : await ctx.loaders.vendorFactsById.load(vendorId);
  return fact?.isApproved ?? fact?.isOpen ?? false;
}

/** Refuses whose vendor waits to be approved, or was suspended: anybody may apply, and that alone puts nothing on sale. */
export async function checkMaySell(ctx: Pick<CatalogContext, 'viewer' | 'loaders'>, vendorId: string | undefined): Promise<void> {
  if (!(await maySell(ctx, vendorId))) throw forbidden('Not before the vendor is approved.');
}

/** Whether somebody sees a vendor's offers that are not for sale now. */
export function seesOffersOf(viewer: Viewer, vendorId: string): boolean {
  return runsMarketplace(viewer) || viewer.vendors.some(({ id }) => id === vendorId);
}

/** Whether somebody sees private facts of integrations, of what belongs to a vendor or to the operators; a vendor's token only of its own vendor. */
export function seesPrivateFacts(viewer: Viewer, vendorId: string | undefined): boolean {
  if (viewer.kind === 'TOKEN') return viewer.vendors.length === 0 || viewer.vendors.some(({ id }) => id === vendorId);
  return runsMarketplace(viewer) || (vendorId !== undefined && cataloguesOf(viewer).includes(vendorId));
}
