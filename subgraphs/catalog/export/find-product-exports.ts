import { mayManage } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import { productExports, type ProductExportRow } from './product-export.row.js';
import { ProductExport } from './product-export.type.js';

/** An export of a catalogue that whoever asks may manage, while it is kept; to others it does not exist. */
export async function exportToRead(ctx: Pick<CatalogContext, 'db' | 'viewer' | 'clock'>, id: string): Promise<ProductExportRow | undefined> {
  const row = await ctx.db.collection(productExports).findById(id);
  return row && row.expiresAt > ctx.clock.now() && mayManage(ctx.viewer, row.vendorId) ? row : undefined;
}

/** The same as clients read it. */
export async function findProductExport(ctx: CatalogContext, id: string): Promise<ProductExport | null> {
  const row = await exportToRead(ctx, id);
  return row ? ProductExport.of(row) : null;
}
