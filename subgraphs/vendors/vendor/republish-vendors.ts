import { commissionRulesChanged, vendorChanged, vendorMemberChanged } from '@haat/schema/events/vendors';
import type { RepublishOptions } from '@haat/kit/define';
import { Not } from 'typeorm';
import type { VendorsTx } from '../context.js';
import { readCommission, sayCommission } from '../commission/set-commission-rules.js';
import { sayMember } from '../member/add-member.js';
import { VendorMember, VendorMemberStatus } from '../member/vendor-member.js';
import { sayVendor } from './vendor-state.js';
import { Vendor } from './vendor.js';

/** Says the present state of vendors, of their members and of commissions again, for read models to be rebuilt. */
export async function republishVendors(tx: VendorsTx, { event }: RepublishOptions): Promise<void> {
  const tenantId = tx.tenant.id;
  if (event === undefined || event === vendorChanged.key) {
    for (const vendor of await tx.db.find(Vendor, { where: { tenantId }, order: { id: 'ASC' } })) await sayVendor(tx, vendorChanged, vendor);
  }
  if (event === undefined || event === vendorMemberChanged.key) {
    const members = await tx.db.find(VendorMember, { where: { tenantId, status: Not(VendorMemberStatus.INVITED) }, order: { id: 'ASC' } });
    for (const member of members.filter(({ userId }) => userId !== null)) await sayMember(tx, member);
  }
  if (event === undefined || event === commissionRulesChanged.key) {
    const { rules, terms } = await readCommission(tx);
    if (terms) await sayCommission(tx, rules, terms);
  }
}
