/** Bytes of an uploaded file: what the gateway's door takes at most, too. */
export const importBytesMax = 32 * 1024 * 1024;
/** Bytes of one row. What is longer is read past, never kept, and refused as that row. */
export const rowBytesMax = 128 * 1024;
/** Rows of a file. */
export const importRowsMax = 200_000;
/** Columns of a file, and characters of a column's name. */
export const columnsMax = 200;
export const columnCharactersMax = 120;
/** Rows of JSONL that are looked at for the names of their columns. */
export const rowsLookedAtForColumns = 1_000;

/** Rows that are kept and written together, and bytes after which a chunk is full. */
export const chunkRowsMax = 250;
export const chunkBytesMax = 512 * 1024;
/** How often a chunk is tried before its import fails. */
export const chunkTriesMax = 5;

/** How long the rows of an import are kept, in days. */
export const importDays = 30;
/** What the error file holds at most, in bytes: what comes behind is asked for by `?from=<row>`. */
export const errorFileBytesMax = 16 * 1024 * 1024;
/** Errors told of one row. */
export const rowErrorsMax = 10;
/** What separates several values in one cell. */
export const valueSeparator = '|';

/** Several values in one cell. A value's own separator gets a backslash in front, and so does a backslash before which that would be unclear. */
export function joinedValues(values: readonly string[]): string {
  return values.map((value) => value.replace(/\\(?=[\\|]|$)|\|/g, '\\$&')).join(valueSeparator);
}

/** What {@link joinedValues} was given; people write cells without backslashes. */
export function separateValues(cell: string): string[] {
  return (cell.match(/(?:\\[\\|]|[^|])+/g) ?? []).map((value) => value.replace(/\\([\\|])/g, '$1').trim()).filter(Boolean);
}
