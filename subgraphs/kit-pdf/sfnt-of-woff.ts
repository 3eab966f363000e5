import { inflateSync } from 'node:zlib';

/** A table of a font: WOFF 1.0, section 4. Places and lengths are bytes. */
interface Table {
  readonly tag: Buffer;
  readonly checksum: number;
  readonly data: Buffer;
}

/** Bytes of the headers and of an entry of their directories: WOFF 1.0, sections 3 and 4, and OpenType, "Table directory". */
const [woffHeaderBytes, woffEntryBytes, sfntHeaderBytes, sfntEntryBytes] = [44, 20, 12, 16];

/**
 * Unpacks a font from WOFF 1.0 (W3C Recommendation, 2012) into the OpenType file that it was made of. Whoever reads the packed one
 * letter by letter unpacks all letters for each.
 * @throws Error where it is no WOFF 1.0, or a table does not unpack to the length that is said.
 */
export function sfntOfWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('This is no font in WOFF 1.0.');
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, n) => tableAt(woff, woffHeaderBytes + n * woffEntryBytes));
  const header = headerOf(woff.readUInt32BE(4), tables.length);
  const directory: Buffer[] = [];
  const bodies: Buffer[] = [];
  let offset = sfntHeaderBytes + tables.length * sfntEntryBytes;
  for (const { tag, checksum, data } of tables) {
    const entry = Buffer.alloc(sfntEntryBytes);
    tag.copy(entry);
    [checksum, offset, data.length].forEach((value, at) => entry.writeUInt32BE(value, 4 + at * 4));
    directory.push(entry);
    bodies.push(data, Buffer.alloc(-data.length & 3));
    offset += (data.length + 3) & ~3;
  }
  return Buffer.concat([header, ...directory, ...bodies]);
}

function tableAt(woff: Buffer, at: number): Table {
  const [offset = 0, packed = 0, length = 0, checksum = 0] = [4, 8, 12, 16].map((field) => woff.readUInt32BE(at + field));
  const bytes = woff.subarray(offset, offset + packed);
  // A table that would not become smaller lies there as it is.
  const data = packed === length ? bytes : inflateSync(bytes, { maxOutputLength: length });
  if (data.length !== length) throw new Error(`A table of a font has ${data.length} bytes, not ${length}.`);
  return { tag: woff.subarray(at, at + 4), checksum, data };
}

/** With what binary searches of the directory need, though hardly anybody does one. */
function headerOf(flavour: number, tables: number): Buffer {
  const header = Buffer.alloc(sfntHeaderBytes);
  const log = Math.floor(Math.log2(tables));
  const range = 2 ** log * sfntEntryBytes;
  header.writeUInt32BE(flavour);
  [tables, range, log, tables * sfntEntryBytes - range].forEach((value, at) => header.writeUInt16BE(value, 4 + at * 2));
  return header;
}
