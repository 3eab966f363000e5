import type { DataOf } from '@haat/schema/clients/typed-operation';
import type { ImportPage, ImportField } from '../../generated/operations.js';

/** An import as the page knows it. */
export type Job = NonNullable<DataOf<typeof ImportPage>['importJob']>;

/** What a column means: one of the fields with its key, or nothing. */
export interface ColumnMeaning {
  readonly field: ImportField | 'SKIP';
  readonly key: string;
}

/** Every field a column may mean. */
export const importFields = [
  'SKU', 'TITLE', 'DESCRIPTION', 'EXTERNAL_ID', 'PRODUCT_TYPE', 'SLUG', 'STATUS', 'CATEGORIES', 'TAGS', 'ATTRIBUTE', 'OPTION', 'VENDOR_SKU', 'WEIGHT_GRAMS', 'MAX_PER_ORDER',
  'IMAGE_URL', 'IMAGE_WIDTH', 'IMAGE_HEIGHT', 'IMAGE_ALT', 'SEO_TITLE', 'SEO_DESCRIPTION',
] as const satisfies readonly ImportField[];

const keyed: ReadonlySet<string> = new Set(['ATTRIBUTE', 'OPTION', 'TITLE', 'DESCRIPTION']);

/** What the page shows of an import: where a file is chosen, told what it means, tried and run, or watched. */
export type ImportStep = 'upload' | 'map' | 'run' | 'watch' | 'done';

/** Where an import is, as steps of the page. One that failed may be run again. */
export function stepOf({ status }: Pick<Job, 'status'>): ImportStep {
  switch (status) {
    case 'PENDING': return 'upload';
    case 'MAPPING': return 'map';
    case 'MAPPED': case 'CHECKED': case 'FAILED': return 'run';
    case 'CHECKING': case 'RUNNING': return 'watch';
    default: return 'done';
  }
}

/** Whether a field needs or may have a key: which attribute or option, or the language. */
export function hasKey(field: ImportField | 'SKIP'): boolean {
  return keyed.has(field);
}

/** What the columns mean so far; what nobody said is passed over. */
export function meaningsOf({ columns, mapping }: Pick<Job, 'columns' | 'mapping'>): ReadonlyMap<string, ColumnMeaning> {
  return new Map(columns.map((column) => {
    const known = mapping.find((one) => one.column === column);
    return [column, { field: known?.field ?? 'SKIP', key: known?.key ?? '' }];
  }));
}

/** The same as the API takes it. */
export function mappingOf(meanings: ReadonlyMap<string, ColumnMeaning>): { readonly column: string; readonly field: ImportField; readonly key?: string }[] {
  return [...meanings].flatMap(([column, { field, key }]) => (field === 'SKIP' ? [] : [{ column, field, ...(hasKey(field) && key.trim() !== '' && { key: key.trim() }) }]));
}

/** How far a run has come, 0 to 1. */
export function shareDone({ doneCount, rowCount }: Pick<Job, 'doneCount' | 'rowCount'>): number {
  return rowCount ? Math.min(1, doneCount / rowCount) : 0;
}

/** What kind of file it is, by its name. */
export function formatOf(fileName: string): 'CSV' | 'JSONL' {
  return /\.(jsonl|ndjson)$/i.test(fileName) ? 'JSONL' : 'CSV';
}
