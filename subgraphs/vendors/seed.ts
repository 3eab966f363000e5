import { vendorApplied, vendorApproved, vendorChanged } from '@haat/schema/events/vendors';
import type { Seeding } from '@haat/kit/define';
import { fixedId } from '@haat/kit/id';
import { CommissionRuleRow, CommissionTakenOf } from './commission/commission-rule.js';
import { readCommission, saveCommission } from './commission/set-commission-rules.js';
import type { VendorsTx } from './context.js';
import { addMember } from './member/add-member.js';
import { VendorRole } from './member/vendor-role.js';
import { seedMarkets, type SeedMarket, type SeedVendor } from './seed-vendors.js';
import { insertVendor } from './vendor/new-vendor.js';
import { countedVendors, sayUsage } from './vendor/say-usage.js';
import { sayVendor } from './vendor/vendor-state.js';
import { Vendor } from './vendor/vendor.js';
import { VendorStatus } from './vendor/vendor-status.js';

/** The demonstration's merchant works for this many vendors. */
const vendorsOfMerchant = 2;

/** Makes each vendor of the demonstration that is not there yet. */
export async function seedVendors(seeding: Seeding): Promise<void> {
  for (const market of seedMarkets) {
    await seeding.inTenant(fixedId('ten', market.slug), (tx: VendorsTx) => seedMarket(tx, market));
  }
}

async function seedMarket(tx: VendorsTx, market: SeedMarket): Promise<void> {
  const made = [];
  for (const [at, vendor] of market.vendors.entries()) {
    if (await seedVendor(tx, market, vendor, at < vendorsOfMerchant)) made.push(vendor);
  }
  if (made.length > 0) await sayUsage(tx, await countedVendors(tx));
  if (!(await readCommission(tx)).terms) await seedCommission(tx, market);
}

/** The first vendor pays less, dear goods pay less, everybody else a tenth. */
async function seedCommission(tx: VendorsTx, { slug, vendors, feeTaxPpm, dearFromMinor }: SeedMarket): Promise<void> {
  const all = { tenantId: tx.tenant.id, version: 1, vendorIds: [], categoryIds: [], productIds: [], priceFromMinor: null, priceToMinor: null, fixedMinor: 0, minMinor: null, maxMinor: null };
  const wanted = [
    { name: 'Founding vendor', vendorIds: vendors.slice(0, 1).map((vendor) => fixedId('ven', `${slug}:${vendor.slug}`)), ratePpm: 80_000 },
    { name: 'Dear goods', priceFromMinor: dearFromMinor, ratePpm: 60_000 },
    { name: 'Everything else', ratePpm: 100_000 },
  ];
  const rows = wanted.map((rule, position) => tx.db.create(CommissionRuleRow, { ...all, ...rule, id: fixedId('vrul', `${slug}:${position}`), position }));
  await saveCommission(tx, rows, { taxRatePpm: feeTaxPpm, shippingRatePpm: 0, takenOf: CommissionTakenOf.NET, version: 1 });
}

async function seedVendor(tx: VendorsTx, market: SeedMarket, vendor: SeedVendor, isMerchants: boolean): Promise<boolean> {
  const id = fixedId('ven', `${market.slug}:${vendor.slug}`);
  if (await tx.db.existsBy(Vendor, { tenantId: tx.tenant.id, id })) return false;
  const { slug, name, about, status } = vendor;
  const row = await insertVendor(tx, { id, slug, name, about, status, currency: market.currency, contactEmail: `hello@${slug}.example` });
  if (!row) return false;
  Object.assign(row, {
    minimumOrderMinor: vendor.minimumOrderMinor ?? null, score: vendor.score, acceptsAfterHours: market.acceptsAfterHours,
    approvedAt: status === VendorStatus.APPROVED ? tx.clock.now() : null, returnsAddress: vendor.address, billingAddress: vendor.address, shipsFromAddress: vendor.address,
  });
  const saved = await tx.db.save(row);
  await sayVendor(tx, status === VendorStatus.APPROVED ? vendorApproved : vendorApplied, saved);
  await sayVendor(tx, vendorChanged, saved);
  if (isMerchants) {
    const userId = fixedId('usr', `merchant@${market.slug}.example`);
    await addMember(tx, { id: fixedId('vmem', `${market.slug}:${slug}`), vendorId: id, userId, role: VendorRole.OWNER });
  }
  return true;
}
