import { DateTime } from '@haat/kit/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ImportFormat } from '../import/import-job.row.js';
import { ProductExportStatus, type ProductExportRow } from './product-export.row.js';

/** Pieces that one download has: it is made in memory. */
export const piecesPerPart = 20;

registerEnumType(ProductExportStatus, {
  name: 'ProductExportStatus', description: 'Where an export of products is on its way.',
  valuesConfig: {
    REQUESTED: { description: 'Is being written, piece by piece.' },
    READY: { description: 'Is written, and may be downloaded.' },
    FAILED: { description: 'Was tried several times and given up; ask again.' },
  },
});

/** An export as clients read it. */
@ObjectType({ description: 'A list of products as a file that an import takes back, kept for a week.' })
export class ProductExport {
  @Field(() => ID, { description: 'Names the export for good; begins with exp_.' }) id: string;
  @Field(() => ID, { nullable: true, description: 'The vendor whose products it holds; null where it holds all.' }) vendorId?: string | null;
  @Field(() => ImportFormat, { description: 'What kind of file it is.' }) format: ImportFormat;
  @Field(() => ProductExportStatus, { description: 'Where it is on its way.' }) status: ProductExportStatus;
  @Field(() => Int, { description: 'How many products are written so far.' }) productCount: number;
  @Field(() => Int, { description: 'How many rows: one for each variant.' }) rowCount: number;
  @Field(() => [String], { description: 'Where its parts are downloaded from this host, with the same authorization; each is whole by itself. Empty until it is ready.' }) filePaths: string[];
  @Field(() => DateTime, { description: 'When somebody asked for it.' }) createdAt: Date;
  @Field(() => DateTime, { description: 'When it is thrown away.' }) expiresAt: Date;

  static of({ _id: id, vendorId, format, status, products: productCount, rows: rowCount, pieces, createdAt, expiresAt }: ProductExportRow): ProductExport {
    const parts = status === ProductExportStatus.READY ? Math.max(1, Math.ceil(pieces / piecesPerPart)) : 0;
    const filePaths = Array.from({ length: parts }, (_, n) => `/hooks/catalog/exports/${id}?part=${n + 1}`);
    return Object.assign(new ProductExport(), { id, vendorId, format, status, productCount, rowCount, filePaths, createdAt, expiresAt });
  }
}
