/** A record as bytes; undefined where it was longer than it may be, and so was never kept. */
export type RecordBytes = Buffer | undefined;

const newLine = 0x0a;
const quote = 0x22;

/** How records are told apart. */
export interface SplittingOptions {
  /** What may stand between cells, where a line break between quotes belongs to the record as in CSV (RFC 4180). Asked as it goes: a file's first line decides it. */
  readonly delimiters?: () => readonly string[];
  readonly recordBytesMax: number;
}

/**
 * Cuts a stream of UTF-8 into records at line breaks, without the break. Memory stays within one record and one piece of the
 * stream whatever comes: of a record that grows too long the rest is read past. Empty lines are no records.
 */
export async function* splitRecords(body: AsyncIterable<Uint8Array>, { delimiters, recordBytesMax }: SplittingOptions): AsyncGenerator<RecordBytes> {
  const parts: Buffer[] = [];
  let bytes = 0;
  const quotes = delimiters && new Quotes(delimiters);
  const keep = (part: Buffer): void => {
    bytes += part.length;
    if (bytes <= recordBytesMax) parts.push(Buffer.from(part));
    else parts.length = 0;
  };
  const taken = (): RecordBytes => {
    const record = bytes > recordBytesMax ? undefined : Buffer.concat(parts);
    parts.length = 0;
    bytes = 0;
    return record?.at(-1) === 0x0d ? record.subarray(0, -1) : record;
  };
  for await (const piece of body) {
    const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let from = 0;
    for (let at = 0; at < buffer.length; at += 1) {
      quotes?.pass(buffer[at] ?? newLine);
      if (buffer[at] !== newLine || quotes?.isOpen) continue;
      keep(buffer.subarray(from, at));
      from = at + 1;
      const record = taken();
      if (record === undefined || record.length > 0) yield record;
      quotes?.beginRecord();
    }
    keep(buffer.subarray(from));
  }
  const last = taken();
  if (last === undefined || last.length > 0) yield last;
}

/** Follows quotes byte by byte. One opens only where a cell begins: any other is a character of its cell, and must not swallow the lines behind it. */
class Quotes {
  isOpen = false;
  /** Where a cell begins, and behind a quote that closed: a doubled one goes on. */
  #mayOpen = true;
  #ends: readonly number[];

  constructor(private readonly delimiters: () => readonly string[]) {
    this.#ends = this.#bytes();
  }

  pass(byte: number): void {
    if (byte !== quote) this.#mayOpen = this.#ends.includes(byte);
    else if (this.isOpen || this.#mayOpen) [this.isOpen, this.#mayOpen] = [!this.isOpen, this.isOpen];
  }

  beginRecord(): void {
    this.#mayOpen = true;
    this.#ends = this.#bytes();
  }

  #bytes(): number[] {
    return this.delimiters().map((delimiter) => delimiter.charCodeAt(0));
  }
}
