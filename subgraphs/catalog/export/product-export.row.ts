import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';
import { ImportFormat } from '../import/import-job.row.js';
import { ProductStatus } from '../product/product.row.js';

/** Where an export is. */
export enum ProductExportStatus { REQUESTED = 'REQUESTED', READY = 'READY', FAILED = 'FAILED' }

/** A list of products that somebody takes away. Its rows are in pieces of their own. */
export const productExports = defineCollection({
  name: 'product_exports',
  schema: z.object({
    /** Whose products it holds; everybody's where it is absent. */
    vendorId: z.string().optional(),
    format: z.enum(ImportFormat),
    productStatus: z.enum(ProductStatus).optional(),
    productType: z.string().optional(),
    status: z.enum(ProductExportStatus),
    /** The columns found so far, in the order of their finding. */
    columns: z.array(z.string()),
    products: z.int(),
    rows: z.int(),
    /** The product behind which the next piece begins, and its number. */
    after: z.string().optional(),
    pieces: z.int(),
    tries: z.int(),
    /** Set while it is written. */
    runAt: z.date().optional(),
    expiresAt: z.date(),
  }),
  indexes: [{ name: 'byVendor', keys: { vendorId: 1, createdAt: 1 } }, { name: 'byStatus', keys: { status: 1 } }],
  due: ['runAt', 'expiresAt'],
});
/** An export as it is kept. */
export type ProductExportRow = Stored<z.infer<typeof productExports.outgoing>>;

/** Some rows of an export, a JSON object per line. `_id` is `<export id>:<number, six digits>`. */
export const exportPieces = defineCollection({
  name: 'export_pieces',
  schema: z.object({ exportId: z.string(), lines: z.string() }),
  indexes: [{ name: 'byExport', keys: { exportId: 1, _id: 1 } }],
});

/** The `_id` of a piece, counted from 0. */
export function pieceId(exportId: string, number: number): string {
  return `${exportId}:${String(number).padStart(6, '0')}`;
}
