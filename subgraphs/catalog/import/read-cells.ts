import { parse } from 'csv-parse/sync';
import { columnsMax } from './import-limits.js';

/** A cell: text, or several texts where JSON has a list. */
export type Cell = string | readonly string[];
/** A row's cells by their columns; those that are empty are not there. */
export type Cells = ReadonlyMap<string, Cell>;

/** Text of a record, or in words why it is none. */
export function textOfRecord(record: Uint8Array): { readonly text: string } | { readonly refused: string } {
  try {
    const text = strict.decode(record);
    return text.includes('\0') ? { refused: 'It has a NUL character.' } : { text };
  } catch {
    return { refused: 'It is not UTF-8.' };
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The cells of one record of CSV, or in words why it has none. */
export function csvCells(record: string, delimiter: string): { readonly cells: string[] } | { readonly refused: string } {
  try {
    const rows: unknown = parse(record, { delimiter, relax_column_count: true });
    const cells = (rows as string[][])[0] ?? [];
    return cells.length > columnsMax ? { refused: `It has ${cells.length} cells; ${columnsMax} may be.` } : { cells };
  } catch {
    return { refused: 'A quote is not closed, or stands in the middle of a cell.' };
  }
}

/** A row's cells by their columns, or in words why it cannot be read. */
export function csvRow(record: string, { columns, delimiter }: { readonly columns: readonly string[]; readonly delimiter: string }): { readonly cells: Cells } | { readonly refused: string } {
  const read = csvCells(record, delimiter);
  if ('refused' in read) return read;
  if (read.cells.length > columns.length) return { refused: `It has ${read.cells.length} cells and the file ${columns.length} columns.` };
  return { cells: new Map(read.cells.flatMap((cell, at): [string, Cell][] => (cell.trim() === '' ? [] : [[columns[at] ?? '', unguarded(cell.trim())]]))) };
}

/** A row's cells by the names in its object, or in words why it cannot be read. Objects within are none. */
export function jsonRow(record: string): { readonly cells: Cells } | { readonly refused: string } {
  const value = parsedJson(record);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { refused: 'It is not a JSON object.' };
  const entries = Object.entries(value);
  if (entries.length > columnsMax) return { refused: `It has ${entries.length} fields; ${columnsMax} may be.` };
  const cells = new Map<string, Cell>();
  for (const [name, given] of entries) {
    const cell = cellOf(given);
    if (cell === null) return { refused: `“${name.slice(0, 60)}” is neither text, number, true, false nor a list of them.` };
    if (cell !== undefined && cell !== '') cells.set(name, cell);
  }
  return { cells };
}

/** What spreadsheets take for a formula begins with one of these. */
const formula = /^[=+\-@\t\r＝＋－＠]/u;

/** A cell that no spreadsheet takes for a formula: such a one gets an apostrophe in front, which reading takes off again. */
export function guarded(cell: string): string {
  return formula.test(cell) || /^'+[=+\-@\t\r＝＋－＠]/u.test(cell) ? `'${cell}` : cell;
}

/** What {@link guarded} was given. */
export function unguarded(cell: string): string {
  return /^'+[=+\-@\t\r＝＋－＠]/u.test(cell) ? cell.slice(1) : cell;
}

/** A line of CSV (RFC 4180) whose cells no spreadsheet runs. */
export function csvLine(cells: readonly string[], delimiter = ','): string {
  return `${cells.map((cell) => quoted(guarded(cell), delimiter)).join(delimiter)}\r\n`;
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function parsedJson(record: string): unknown {
  try {
    return JSON.parse(record) as unknown;
  } catch {
    return undefined;
  }
}

/** Undefined: nothing is said. Null: not a cell. */
function cellOf(value: unknown): Cell | undefined | null {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return null;
  const parts = value.map(cellOf);
  return parts.every((part) => typeof part === 'string') ? parts : null;
}
