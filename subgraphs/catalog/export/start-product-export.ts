import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { isNotSet } from '@haat/kit-mongo/mongo-where';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { checkMayManage } from '../access/may.js';
import type { CatalogTx } from '../context.js';
import { ImportFormat } from '../import/import-job.row.js';
import { programKey } from '../product-type/define-product-type.js';
import { ProductStatus } from '../product/product.row.js';
import { TooMany } from '../too-many.js';
import { productExports, ProductExportStatus } from './product-export.row.js';
import { ProductExport } from './product-export.type.js';

/** How long an export is kept, in days, and how many may be written at once. */
const keptDays = 7;
const openMax = 5;

/** Which products are taken away. */
@InputType({ description: 'Which products are written into the file: those to which all given parts apply.' })
export class StartProductExportInput {
  @Field(() => ID, { nullable: true, description: 'Only what this vendor made or offers, with its offers; only operators may leave it out.' }) vendorId?: string | null;
  @Field(() => ImportFormat, { defaultValue: ImportFormat.CSV, description: 'What kind of file it is to be.' }) format: ImportFormat;
  @Field(() => ProductStatus, { nullable: true, description: 'Only products in this state.' }) status?: ProductStatus | null;
  @Field(() => String, { nullable: true, description: 'Only products of the type with this key.' }) productType?: string | null;
}

/** The export, or that there are too many. */
export const StartProductExportResult = resultOf('StartProductExportResult', 'The export that was begun, or that there are too many.', [ProductExport, TooMany]);

const rules = z.object({ vendorId: idText.nullish(), format: z.enum(ImportFormat), status: z.enum(ProductStatus).nullish(), productType: programKey.nullish() });

/** Begins to write products into a file whose columns an import knows by their names. */
export async function startProductExport(tx: CatalogTx, input: StartProductExportInput): Promise<ProductExport | TooMany> {
  const { vendorId, format, status, productType } = parsed(rules, input);
  checkMayManage(tx.viewer, vendorId ?? undefined);
  const open = await tx.db.collection(productExports).count({ status: ProductExportStatus.REQUESTED, vendorId: vendorId ?? isNotSet() }, openMax);
  if (open >= openMax) return TooMany.of('exports that are being written', openMax, vendorId ? 'A vendor' : undefined);
  const now = tx.clock.now();
  const inserted = await tx.db.collection(productExports).insert({
    _id: newId('exp', now), format, status: ProductExportStatus.REQUESTED, columns: [], products: 0, rows: 0, pieces: 0, tries: 0, runAt: now, expiresAt: new Date(now.getTime() + keptDays * 86_400_000),
    ...(vendorId && { vendorId }), ...(status && { productStatus: status }), ...(productType && { productType }),
  });
  if (!('document' in inserted)) throw new Error('An export of that id exists already.');
  return ProductExport.of(inserted.document);
}
