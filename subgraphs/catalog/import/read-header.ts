import { columnCharactersMax, columnsMax } from './import-limits.js';
import { csvCells, textOfRecord, unguarded } from './read-cells.js';
import type { RecordBytes } from './split-records.js';

/** The file as a whole cannot be taken. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
}

/** What the first line of CSV says, or what JSONL was found to have. */
export interface Header {
  readonly columns: string[];
  /** Between the cells of CSV. */
  readonly delimiter?: string;
}

/** What may stand between the cells of CSV. */
export const delimiters = [',', ';', '\t', '|'] as const;

/** The columns of CSV, and what stands between its cells: whichever of the usual ones the line has most of. */
export function readHeader(record: RecordBytes): Header {
  const read = record && textOfRecord(record);
  if (!read) throw new FileRefused('Its first line is too long or missing; it must name the columns.');
  if ('refused' in read) throw new FileRefused(`Its first line cannot be read. ${read.refused}`);
  const [delimiter = ','] = delimiters.toSorted((a, b) => read.text.split(b).length - read.text.split(a).length);
  const line = csvCells(read.text, delimiter);
  if ('refused' in line) throw new FileRefused(`Its first line cannot be read. ${line.refused}`);
  const columns = line.cells.map((cell) => unguarded(cell.trim()).normalize('NFC'));
  checkColumns(columns);
  return { columns, delimiter };
}

function checkColumns(columns: readonly string[]): void {
  const long = columns.find((column) => column.length > columnCharactersMax);
  const twice = columns.find((column, at) => columns.indexOf(column) !== at);
  if (columns.includes('')) throw new FileRefused(`Column ${columns.indexOf('') + 1} has no name.`);
  if (long !== undefined) throw new FileRefused(`A column's name is longer than ${columnCharactersMax} characters.`);
  if (twice !== undefined) throw new FileRefused(`There are two columns called “${twice}”.`);
  if (columns.length > columnsMax) throw new FileRefused(`It has ${columns.length} columns; ${columnsMax} may be.`);
}

const foreign = [
  { what: 'compressed by gzip', bytes: [0x1f, 0x8b] }, { what: 'a ZIP archive or a spreadsheet', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { what: 'UTF-16', bytes: [0xff, 0xfe] }, { what: 'UTF-16', bytes: [0xfe, 0xff] }, { what: 'a PDF', bytes: [0x25, 0x50, 0x44, 0x46] },
] as const;
const mark = [0xef, 0xbb, 0xbf];

/** The file without a byte order mark. Refuses by its first bytes what is no text in UTF-8, whatever its name says. */
export async function* withoutMark(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first: Buffer | undefined = Buffer.alloc(0);
  for await (const piece of body) {
    if (first === undefined) {
      yield piece;
      continue;
    }
    first = Buffer.concat([first, piece]);
    if (first.length < 4) continue;
    yield opened(first);
    first = undefined;
  }
  if (first?.length) yield opened(first);
}

function opened(first: Buffer): Uint8Array {
  const found = foreign.find(({ bytes }) => begins(first, bytes));
  if (found) throw new FileRefused(`It is ${found.what}; expected text in UTF-8.`);
  return begins(first, mark) ? first.subarray(mark.length) : first;
}

function begins(buffer: Buffer, bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => buffer[at] === byte);
}
