import type { Viewer } from '@haat/kit/identity';
import { holdsGrant } from '@haat/kit/identity';
import { forbidden } from '@haat/kit/refusal';
import { runsMarketplace } from '../vendor/find-vendors.js';
import { vendorGrants, VendorRole, type VendorGrant } from './vendor-role.js';

/** Refuses who would hand out, or take away, what they do not hold themselves: only owners make and unmake owners. */
export function checkMayHandOut(viewer: Viewer, vendorId: string, member: { readonly role: VendorRole; readonly grants: readonly VendorGrant[] }): void {
  if (runsMarketplace(viewer)) return;
  const wanted = member.role === VendorRole.OWNER ? vendorGrants : member.grants;
  if (!wanted.every((grant) => holdsGrant(viewer, grant, vendorId))) throw forbidden('These are rights that you do not hold at this vendor.');
}
