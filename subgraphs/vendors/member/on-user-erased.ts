import { userErased } from '@haat/schema/events/identity';
import { defineConsumer } from '@haat/kit/define';
import type { VendorsTx } from '../context.js';
import { removed } from './change-member.js';
import { VendorMember, VendorMemberStatus } from './vendor-member.js';

/** Who is erased works for nobody; nothing of them but an empty id stays. Operators appoint another owner where it was the last. */
export const onUserErased = defineConsumer('on-user-erased', userErased, async (tx: VendorsTx, { payload: { userId } }) => {
  const members = await tx.db.findBy(VendorMember, { tenantId: tx.tenant.id, userId, status: VendorMemberStatus.ACTIVE });
  for (const member of members) await removed(tx, member);
});
