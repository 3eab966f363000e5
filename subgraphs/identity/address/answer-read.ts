import { addressRead } from '@haat/schema/asks/identity';
import { defineAnswer } from '@haat/kit/define';
import type { IdentityContext } from '../context.js';
import { SavedAddressRow } from './saved-address.js';
import { tidied } from './address-rules.js';

/** A saved address of the viewer who asks; nobody else's exists. */
export const answerAddressRead = defineAnswer(addressRead, async (ctx: IdentityContext, { savedAddressId }) => {
  const userId = ctx.viewer.userId;
  const row = userId === undefined ? null : await ctx.db.findOneBy(SavedAddressRow, { tenantId: ctx.tenant.id, id: savedAddressId, userId });
  return { address: row ? withNulls(row) : null };
});

function withNulls(row: SavedAddressRow) {
  const { name, company, line1, line2, city, district, region, postalCode, country, phone } = tidied(row.address);
  const text = (part: string | null | undefined) => part ?? null;
  return { name: text(name), company: text(company), line1, line2: text(line2), city: text(city), district: text(district), region: text(region), postalCode: text(postalCode), country, phone: text(phone) };
}
