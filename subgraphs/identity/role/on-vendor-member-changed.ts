import { vendorMemberChanged } from '@haat/schema/events/vendors';
import { defineConsumer } from '@haat/kit/define';
import type { Role } from '@haat/kit/identity';
import type { IdentityTx } from '../context.js';
import { lockedUser } from '../user/locked-user.js';
import { saveChanged } from './grant-role.js';

/** Keeps whom a person works for and with which rights. Whoever works for a vendor is a merchant, and for none no more. */
export const onVendorMemberChanged = defineConsumer('on-vendor-member-changed', vendorMemberChanged, async (tx: IdentityTx, { payload }) => {
  const { memberId, vendorId, userId, status, grants } = payload;
  const user = await lockedUser(tx, { id: userId });
  if (!user || user.status === 'ERASED') return;
  const others = user.vendors.filter((held) => held.memberId !== memberId);
  user.vendors = status === 'ACTIVE' ? [...others, { id: vendorId, memberId, grants }] : others;
  user.roles = rolesWith(user.roles, user.vendors.length > 0);
  await saveChanged(tx, user);
});

function rolesWith(roles: readonly Role[], isMerchant: boolean): Role[] {
  const others = roles.filter((role) => role !== 'MERCHANT');
  return isMerchant ? [...others, 'MERCHANT'] : others;
}
