import type { Job } from '@haat/kit/define';
import type { VendorsContext, VendorsTx } from '../context.js';
import type { VendorMember } from './vendor-member.js';
import { vendorGrants } from './vendor-role.js';

/** How long an invitation that lapsed is still shown, in days; then the address and the name go. */
const lapsedDays = 30;

/** How many are looked up at once. */
const batchMax = 500;

/** What is left of an invitation that nobody can accept any more. */
const withdrawn = `status = 'REMOVED', email = null, name = null, grants = '{}', secret_hash = null, expires_at = null, version = version + 1, updated_at = now()`;

/** Takes an open invitation of an address back: a newer one takes its place. */
export async function withdrawFrom(tx: VendorsTx, vendorId: string, email: string): Promise<void> {
  await tx.db.query(`update vendor_member set ${withdrawn} where tenant_id = $1 and vendor_id = $2 and email = $3 and status = 'INVITED'`, [tx.tenant.id, vendorId, email]);
}

/** Takes back what a member invited to and may not hand out any more: whoever leaves would come back by a friend. */
export async function withdrawBeyond(tx: VendorsTx, { vendorId, userId, grants }: VendorMember): Promise<void> {
  await tx.db.query(
    `update vendor_member set ${withdrawn} where tenant_id = $1 and vendor_id = $2 and invited_by = $3 and status = 'INVITED'
       and not ('members.manage' = any($4::text[]) and (case when role = 'OWNER' then $5::text[] else grants end) <@ $4::text[])`,
    [tx.tenant.id, vendorId, userId, grants, vendorGrants],
  );
}

/** Forgets whom nobody heard of again: they are no users, so that nothing else would. */
export const forgetLapsedInvitations: Job = {
  name: 'forget-lapsed-invitations',
  everyMs: 3_600_000,
  async run({ clock, signal, sweep, inTenant }) {
    const before = new Date(clock.now().getTime() - lapsedDays * 86_400_000);
    const due = await sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from vendor_member where expires_at < $1 order by expires_at limit ${batchMax}`, [before]);
    for (const [tenantId, rows] of Map.groupBy(due, ({ tenant_id }) => tenant_id)) {
      if (signal.aborted) return;
      await inTenant(tenantId, (ctx) => forget(ctx as unknown as VendorsContext, rows.map(({ id }) => id), before));
    }
  },
};

function forget(ctx: VendorsContext, ids: readonly string[], before: Date): Promise<unknown> {
  return ctx.transaction((tx) => tx.db.query(`update vendor_member set ${withdrawn} where tenant_id = $1 and id = any($2) and expires_at < $3`, [tx.tenant.id, ids, before]));
}
