import { ImportField, type ColumnMapping } from './import-field.js';
import { ImportFormat, type ImportRow, type StagedRow } from './import-job.row.js';
import { rowErrorsMax, separateValues, valueSeparator } from './import-limits.js';
import { csvRow, jsonRow, type Cell, type Cells } from './read-cells.js';

/** What a row says, not yet held against any rule: a text per field and key. */
export interface RowWish {
  /** Where it stands in its chunk. */
  readonly at: number;
  /** What rows of one product have in common. */
  readonly key: string;
  readonly sku: string;
  readonly externalId?: string;
  said(field: ImportField, key?: string): string | undefined;
  listed(field: ImportField, key?: string): readonly string[] | undefined;
  /** The keys under which a field says something. */
  keysOf(field: ImportField): readonly string[];
}

/** A row's wish, or in words why it has none. */
export function readRow(job: Pick<ImportRow, 'format' | 'columns' | 'delimiter' | 'mapping'>, row: StagedRow, at: number): RowWish | { readonly errors: string[] } {
  if (row.refused !== undefined) return { errors: [row.refused] };
  const read = job.format === ImportFormat.CSV ? csvRow(row.raw, { columns: job.columns, delimiter: job.delimiter ?? ',' }) : jsonRow(row.raw);
  if ('refused' in read) return { errors: [read.refused] };
  const wrong = job.mapping.filter((one) => isList(read.cells.get(one.column)) && !listing.has(one.field));
  if (wrong.length > 0) return { errors: wrong.slice(0, rowErrorsMax).map(({ column }) => `${column}: expected one value, came several`) };
  return wishOf(job.mapping, read.cells, at);
}

/** Fields that may be given several values at once. */
const listing: ReadonlySet<ImportField> = new Set([ImportField.ATTRIBUTE, ImportField.CATEGORIES, ImportField.TAGS]);

function wishOf(mapping: readonly ColumnMapping[], cells: Cells, at: number): RowWish | { readonly errors: string[] } {
  const given = new Map(mapping.flatMap(({ column, field, key }): [string, Cell][] => {
    const cell = cells.get(column);
    return cell === undefined ? [] : [[nameOf(field, key), cell]];
  }));
  const said = (field: ImportField, key?: string): string | undefined => {
    const cell = given.get(nameOf(field, key));
    return typeof cell === 'string' ? cell : cell?.join(valueSeparator);
  };
  const listed = (field: ImportField, key?: string): readonly string[] | undefined => {
    const cell = given.get(nameOf(field, key));
    return typeof cell === 'string' ? separateValues(cell) : cell;
  };
  const sku = said(ImportField.SKU);
  const externalId = said(ImportField.EXTERNAL_ID);
  if (sku === undefined) return { errors: ['It has no SKU.'] };
  const keysOf = (field: ImportField): readonly string[] => mapping.flatMap((one) => (one.field === field && one.key !== undefined && given.has(nameOf(field, one.key)) ? [one.key] : []));
  return { at, sku, externalId, key: externalId === undefined ? `sku ${sku.toUpperCase()}` : `number ${externalId}`, said, listed, keysOf };
}

function isList(cell: Cell | undefined): boolean {
  return cell !== undefined && typeof cell !== 'string';
}

function nameOf(field: ImportField, key: string | undefined): string {
  return `${field} ${key ?? ''}`;
}
