import { holdsGrant, type Viewer } from '@haat/kit/identity';

/** The right to zones, prices and carriers, at a vendor or in the whole marketplace. */
export const settingsGrant = 'settings.manage';
/** The right to a vendor's orders, and so to its parcels. */
export const ordersGrant = 'orders.manage';

/** Whose an order is: all that decides who sees its parcels. */
export interface OrderOwner {
  readonly orderId: string;
  readonly vendorId: string;
  readonly userId: string | null;
  readonly guestKey: string | null;
}

/** Whether somebody runs the marketplace, or is a part of it. */
export function isStaff({ kind, roles }: Viewer): boolean {
  return kind === 'SYSTEM' || roles.includes('OPERATOR');
}

/** Whether somebody may set how a vendor sends; null stands for what the marketplace set for all of them. */
export function maySet(viewer: Viewer, vendorId: string | null): boolean {
  if (isStaff(viewer)) return true;
  if (viewer.kind === 'TOKEN') return holdsGrant(viewer, settingsGrant, vendorId ?? undefined);
  return vendorId !== null && holdsAt(viewer, settingsGrant, vendorId);
}

/** Whether somebody sends for a vendor: its people, an integration, the operators. */
export function maySend(viewer: Viewer, vendorId: string): boolean {
  return isStaff(viewer) || holdsAt(viewer, ordersGrant, vendorId) || (viewer.kind === 'TOKEN' && holdsGrant(viewer, ordersGrant, vendorId));
}

/** Whether somebody may follow the parcels of an order: who sends them, and its buyer by account, by the cart's secret or by the signed link. */
export function maySee(viewer: Viewer, { orderId, vendorId, userId, guestKey }: OrderOwner): boolean {
  return (userId !== null && userId === viewer.userId) || (guestKey !== null && guestKey === viewer.guestKey) || viewer.orderId === orderId || maySend(viewer, vendorId);
}

function holdsAt(viewer: Viewer, grant: string, vendorId: string): boolean {
  return viewer.vendors.some(({ id }) => id === vendorId) && holdsGrant(viewer, grant, vendorId);
}
