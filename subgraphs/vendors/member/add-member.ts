import { vendorMemberChanged } from '@haat/schema/events/vendors';
import { newId } from '@haat/kit/id';
import { invariant } from '@haat/kit/invariant';
import type { VendorsTx } from '../context.js';
import { VendorMember, VendorMemberStatus } from './vendor-member.js';
import { grantsOfRole, VendorRole } from './vendor-role.js';

/** Who begins to work where, as what. */
export interface NewMember {
  readonly id?: string;
  readonly vendorId: string;
  readonly userId: string;
  readonly role: VendorRole;
}

/** Makes somebody a member at once: the applicant of their own vendor, or a person of the demonstration. */
export async function addMember(tx: VendorsTx, { id, vendorId, userId, role }: NewMember): Promise<VendorMember> {
  const now = tx.clock.now();
  const member = await tx.db.save(tx.db.create(VendorMember, {
    tenantId: tx.tenant.id, id: id ?? newId('vmem', now), version: 1, vendorId, userId, email: null, name: null, role, grants: [...grantsOfRole[role]],
    status: VendorMemberStatus.ACTIVE, secretHash: null, expiresAt: null, joinedAt: now,
  }));
  await sayMember(tx, member);
  return member;
}

/** Says what a person may do at a vendor now. */
export async function sayMember(tx: VendorsTx, member: VendorMember): Promise<void> {
  const { id: memberId, vendorId, userId, status, version } = member;
  invariant(userId !== null && status !== VendorMemberStatus.INVITED, 'Who has not accepted yet is nobody known.');
  const grants = status === VendorMemberStatus.ACTIVE ? member.grants : [];
  await tx.emit(vendorMemberChanged, { aggregate: { id: memberId, version }, payload: { memberId, vendorId, userId, status, grants } });
}
