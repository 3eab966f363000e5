import type { Viewer } from '@haat/kit/identity';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import type { VendorsContext, VendorsTx } from '../context.js';
import { Vendor } from './vendor.js';

/** Vendors by id, in the order of the ids, with one statement; null where there is none that this viewer may see. */
export async function findVendors(ctx: VendorsContext, keys: readonly { readonly id: string }[]): Promise<(Vendor | null)[]> {
  const rows = await ctx.db.createQueryBuilder(Vendor, 'v').where('v.id = any(:ids)', { ids: keys.map((k) => k.id) }).getMany();
  const byId = new Map(rows.filter((row) => maySee(ctx.viewer, row)).map((row) => [row.id, row]));
  return keys.map((k) => byId.get(k.id) ?? null);
}

/** One vendor by id or slug, or nothing. */
export async function findVendor(ctx: VendorsContext, { id, slug }: { id?: string | null; slug?: string | null }): Promise<Vendor | null> {
  const wanted = [...(id ? [{ id: parsed(idText, id, ['id']) }] : []), ...(slug ? [{ slug: parsed(idText, slug, ['slug']) }] : [])];
  if (wanted.length === 0) return null;
  const found = await ctx.db.findOneBy(Vendor, Object.assign({ tenantId: ctx.tenant.id }, ...wanted));
  return found && maySee(ctx.viewer, found) ? found : null;
}

/** The vendor with this id, locked so that changes of it follow each other. Refuses with NOT_FOUND where there is none. */
export async function lockedVendor(tx: VendorsTx, id: string): Promise<Vendor> {
  const vendor = await tx.db.findOne(Vendor, { where: { tenantId: tx.tenant.id, id }, lock: { mode: 'pessimistic_write' } });
  if (!vendor) throw notFound('vendor');
  return vendor;
}

/** Whoever was ever approved is known to all: orders name them later, too. The rest is for their merchants and for operators. */
export function maySee(viewer: Viewer, vendor: Pick<Vendor, 'id' | 'approvedAt'>): boolean {
  return vendor.approvedAt !== null || runsMarketplace(viewer) || viewer.kind === 'SYSTEM' || viewer.vendors.some(({ id }) => id === vendor.id);
}

/** Whether somebody sees private facts of integrations: operators, and tokens of the whole marketplace or of this vendor. */
export function seesPrivateFacts(viewer: Viewer, vendorId: string): boolean {
  if (viewer.kind === 'TOKEN') return viewer.vendors.length === 0 || viewer.vendors.some(({ id }) => id === vendorId);
  return viewer.kind === 'SYSTEM' || runsMarketplace(viewer);
}

/** Whether somebody runs the marketplace, or Haat. */
export function runsMarketplace(viewer: Viewer): boolean {
  return viewer.roles.includes('OPERATOR') || viewer.roles.includes('PLATFORM');
}
