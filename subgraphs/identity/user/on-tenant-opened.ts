import { tenantOpened } from '@haat/schema/events/tenants';
import { defineConsumer } from '@haat/kit/define';
import type { IdentityTx } from '../context.js';
import { countedStaff } from '../role/grant-role.js';
import { sayUsage } from '../role/say-usage.js';
import { emailAddress } from './email-address.js';
import { invitedUser } from './invite-user.js';

/** Invites the first operator of a new marketplace, in that marketplace. */
export const onTenantOpened = defineConsumer('on-tenant-opened', tenantOpened, async (tx: IdentityTx, { tenantId, payload }) => {
  if (payload.sealedOwnerEmail === undefined) return;
  const email = emailAddress.parse(await tx.unseal({ tenantId, purpose: tenantOpened.key }, payload.sealedOwnerEmail));
  await invitedUser(tx, { email, name: null, role: 'OPERATOR', locale: payload.locales[0] });
  await sayUsage(tx, 'staff', await countedStaff(tx));
});
