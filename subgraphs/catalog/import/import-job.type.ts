import { connectionOf } from '@haat/kit/page';
import { DateTime } from '@haat/kit/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ImportField } from './import-field.js';
import { ImportFormat, ImportRowStatus, ImportStatus, type ImportRow } from './import-job.row.js';

registerEnumType(ImportFormat, {
  name: 'ImportFormat', description: 'What the file of an import is.',
  valuesConfig: {
    CSV: { description: 'Lines of cells in UTF-8 between commas, semicolons, tabs or bars; the first names the columns.' },
    JSONL: { description: 'One JSON object per line, in UTF-8; its names are the columns.' },
  },
});

registerEnumType(ImportStatus, {
  name: 'ImportStatus', description: 'How far an import is.',
  valuesConfig: {
    PENDING: { description: 'Waits for its file to be uploaded.' },
    MAPPING: { description: 'Has its rows, and waits to be told what their columns mean.' },
    MAPPED: { description: 'Knows what its columns mean, and may be run.' },
    CHECKING: { description: 'Is being tried: nothing is written.' },
    CHECKED: { description: 'Was tried: its rows say what would become of them.' },
    RUNNING: { description: 'Its rows are being written, chunk by chunk.' },
    COMPLETED: { description: 'Every row was written or says why not.' },
    FAILED: { description: 'Could not go on; running it again takes it up.' },
    CANCELLED: { description: 'Was ended by somebody; what was written stays.' },
  },
});

registerEnumType(ImportRowStatus, {
  name: 'ImportRowStatus', description: 'What became of a row in the latest run.',
  valuesConfig: {
    WAITING: { description: 'Its turn has not come yet.' },
    ACCEPTED: { description: 'A dry run found nothing wrong with it.' },
    IMPORTED: { description: 'Its product is as the row says.' },
    FAILED: { description: 'Refused for the reasons it names; others are not held up.' },
  },
});

const fieldDescriptions: Readonly<Record<ImportField, string>> = {
  EXTERNAL_ID: 'The number in your own system: rows with the same are variants of one product, which the next import changes.',
  PRODUCT_TYPE: 'The key of the product type; needed for new products.',
  SKU: 'The number of the variant, unique in the marketplace; every row needs one.',
  TITLE: 'What the product is called; with a language as key in that language.',
  DESCRIPTION: 'The product in many words; with a language as key in that language.',
  SLUG: 'Its part of an address; made of the title when left out.',
  SEO_TITLE: 'The title that search engines are given.',
  SEO_DESCRIPTION: 'The sentence that search engines are given.',
  ATTRIBUTE: 'The value of the attribute whose key is given; several choices between bars.',
  OPTION: "The variant's value of the option whose name is given as key.",
  CATEGORIES: 'Slugs of the categories it is found in, between bars.',
  TAGS: 'Words it is sorted by, between bars.',
  IMAGE_URL: 'The https address of its picture; needs width and height.',
  IMAGE_WIDTH: 'How wide the picture is, in pixels.',
  IMAGE_HEIGHT: 'How high the picture is, in pixels.',
  IMAGE_ALT: 'What is seen on the picture, in words.',
  STATUS: 'DRAFT, or PUBLISHED to show it to shoppers.',
  VENDOR_SKU: "The vendor's own number: makes an offer of the variant, or changes it.",
  WEIGHT_GRAMS: 'What one offered piece weighs with its wrapping.',
  MAX_PER_ORDER: 'How many pieces one order may have.',
};

registerEnumType(ImportField, {
  name: 'ImportField', description: 'What a column of an import says of a product.',
  valuesConfig: Object.fromEntries(Object.values(ImportField).map((field) => [field, { description: fieldDescriptions[field] }])),
});

/** What one column means. */
@ObjectType({ description: 'What one column of an import means.' })
export class ImportMapping {
  @Field(() => String, { description: 'The name of the column in the file.' }) column: string;
  @Field(() => ImportField, { description: 'What its cells say of a product.' }) field: ImportField;
  @Field(() => String, { nullable: true, description: 'Of which attribute or option, or in which language.' }) key?: string | null;
}

/** An import as clients read it. */
@ObjectType({ description: 'An import of products from a file: uploaded, mapped, tried and run.' })
export class ImportJob {
  @Field(() => ID, { description: 'Names the import for good; begins with imp_.' }) id: string;
  @Field(() => ID, { nullable: true, description: 'The vendor whose products it makes; null where the operators do.' }) vendorId?: string | null;
  @Field(() => ImportFormat, { description: 'What kind of file it takes.' }) format: ImportFormat;
  @Field(() => ImportStatus, { description: 'How far the import is.' }) status: ImportStatus;
  @Field(() => Boolean, { description: 'Whether the latest run only tried: nothing was written.' }) isDryRun: boolean;
  @Field(() => String, { description: 'Where the file is sent, by POST to this host with the same authorization.' }) uploadPath: string;
  @Field(() => [String], { description: 'The columns of the file, in their order.' }) columns: string[];
  @Field(() => [ImportMapping], { description: 'What the columns mean; those that are missing are passed over.' }) mapping: ImportMapping[];
  @Field(() => Int, { nullable: true, description: 'How many rows the file has; null until it is uploaded.' }) rowCount?: number | null;
  @Field(() => Int, { description: 'Rows that the latest run has come to.' }) doneCount: number;
  @Field(() => Int, { description: 'Rows that it refused.' }) failedCount: number;
  @Field(() => Int, { description: 'Products that it made, or would make.' }) createdCount: number;
  @Field(() => Int, { description: 'Products there were that it changed, or would change.' }) changedCount: number;
  @Field(() => String, { nullable: true, description: 'Why it could not go on, where it FAILED.' }) problem?: string | null;
  @Field(() => String, { nullable: true, description: 'Where the rows that failed are downloaded, with the same authorization; null where none did.' }) errorFilePath?: string | null;
  @Field(() => DateTime, { description: 'When the import was begun.' }) createdAt: Date;
  @Field(() => DateTime, { nullable: true, description: 'When its latest run began.' }) startedAt?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When its latest run ended.' }) finishedAt?: Date | null;

  /** What it was made of. */
  row: ImportRow;

  static of(row: ImportRow): ImportJob {
    const { _id: id, vendorId, format, status, isDryRun, columns, mapping, problem, createdAt, startedAt, finishedAt } = row;
    const uploadPath = `/hooks/catalog/imports/${id}`;
    return Object.assign(new ImportJob(), {
      id, vendorId, format, status, isDryRun, columns, mapping, problem, createdAt, startedAt, finishedAt, row, uploadPath,
      rowCount: row.rows, doneCount: row.done, failedCount: row.failed, createdCount: row.created, changedCount: row.changed,
      errorFilePath: row.failed > 0 ? `${uploadPath}/errors` : null,
    });
  }
}

/** A row of an import. */
@ObjectType({ description: 'One row of an import, and what became of it.' })
export class ImportRowResult {
  @Field(() => Int, { description: 'Its place in the file, from 1, without the line of columns.' }) number: number;
  @Field(() => ImportRowStatus, { description: 'What became of it in the latest run.' }) status: ImportRowStatus;
  @Field(() => ID, { nullable: true, description: 'The product that it made or changed.' }) productId?: string | null;
  @Field(() => [String], { description: 'What is wrong with it, in sentences; at most 10.' }) errors: string[];
}

const jobs = connectionOf(ImportJob, { name: 'ImportJob', description: 'Imports, the newest in front.' });
/** A page of imports. */
export const ImportJobConnection = jobs.Connection;
const rows = connectionOf(ImportRowResult, { name: 'ImportRow', description: 'Rows of an import, in the order of the file.' });
/** A page of rows. */
export const ImportRowConnection = rows.Connection;
