/** What a column of an import says of a product. */
export enum ImportField {
  EXTERNAL_ID = 'EXTERNAL_ID', PRODUCT_TYPE = 'PRODUCT_TYPE', SKU = 'SKU', TITLE = 'TITLE', DESCRIPTION = 'DESCRIPTION', SLUG = 'SLUG',
  SEO_TITLE = 'SEO_TITLE', SEO_DESCRIPTION = 'SEO_DESCRIPTION', ATTRIBUTE = 'ATTRIBUTE', OPTION = 'OPTION', CATEGORIES = 'CATEGORIES', TAGS = 'TAGS',
  IMAGE_URL = 'IMAGE_URL', IMAGE_WIDTH = 'IMAGE_WIDTH', IMAGE_HEIGHT = 'IMAGE_HEIGHT', IMAGE_ALT = 'IMAGE_ALT', STATUS = 'STATUS',
  VENDOR_SKU = 'VENDOR_SKU', WEIGHT_GRAMS = 'WEIGHT_GRAMS', MAX_PER_ORDER = 'MAX_PER_ORDER',
}

/** What one column means. `key` is an attribute's key, an option's name, or the language of a title or description. */
export interface ColumnMapping {
  readonly column: string;
  readonly field: ImportField;
  readonly key?: string;
}

/** Fields that need a key, and those that may have one. */
export const keyedFields: ReadonlySet<ImportField> = new Set([ImportField.ATTRIBUTE, ImportField.OPTION]);
export const translatedFields: ReadonlySet<ImportField> = new Set([ImportField.TITLE, ImportField.DESCRIPTION]);

/** The column's name by which a field is known without being told, such as `attribute:volume` or `title:sv`; exports use it. */
export function columnOf(field: ImportField, key?: string): string {
  const name = field.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return key === undefined ? name : `${name}:${key}`;
}

/** What columns mean by their names, whatever their case, spaces and underscores. Of two for the same thing the first counts. */
export function guessMapping(columns: readonly string[]): ColumnMapping[] {
  const guessed: ColumnMapping[] = [];
  for (const column of columns) {
    const [name = '', ...rest] = column.split(':');
    const field = byName.get(plain(name));
    const key = rest.join(':').trim() || undefined;
    if (field === undefined || !mayHave(field, key)) continue;
    if (!guessed.some((one) => one.field === field && one.key === key)) guessed.push({ column, field, ...(key && { key }) });
  }
  return guessed;
}

/** Whether a field may be said with such a key, or without one. */
export function mayHave(field: ImportField, key: string | undefined): boolean {
  if (keyedFields.has(field)) return key !== undefined;
  return key === undefined || translatedFields.has(field);
}

/** Whether rows can be told apart by what is mapped. */
export function isWhole(mapping: readonly ColumnMapping[]): boolean {
  return mapping.some(({ field }) => field === ImportField.SKU);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}

const byName = new Map(Object.values(ImportField).map((field) => [plain(field), field]));
