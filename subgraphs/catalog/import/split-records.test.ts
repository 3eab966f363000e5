import { expect, it } from 'vitest';
import { splitRecords } from './split-records.js';

async function split(text: string, pieceBytes: number, isQuoted = true): Promise<(string | undefined)[]> {
  const bytes = Buffer.from(text);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  const found: (string | undefined)[] = [];
  for await (const record of splitRecords(pieces(), { recordBytesMax: 20, ...(isQuoted && { delimiters: () => [','] }) })) found.push(record?.toString());
  return found;
}

it.each([1, 2, 3, 7, 1_000])('cuts at line breaks outside quotes, whatever the pieces: %i bytes', async (pieceBytes) => {
  expect(await split('a,b\r\n"c\nd",e\n\n"f ""g""",ü\nlast', pieceBytes)).toEqual(['a,b', '"c\nd",e', '"f ""g""",ü', 'last']);
});

it.each([1, 2, 3, 1_000])('opens a quote only where a cell begins, and so loses no line behind a stray one: %i bytes', async (pieceBytes) => {
  expect(await split('TV,24" tall\nb,"c\nd"\n"e" f",g\n"",h"\n"i""\n",j', pieceBytes)).toEqual(['TV,24" tall', 'b,"c\nd"', '"e" f",g', '"",h"', '"i""\n",j']);
});

it('asks anew what stands between cells once it knows the first line', async () => {
  let delimiters = [',', ';'];
  async function* body(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('a,b;"c\nd"\n1,2;"\n3,"4\n5"');
  }
  const found: string[] = [];
  for await (const record of splitRecords(body(), { recordBytesMax: 20, delimiters: () => delimiters })) {
    found.push(String(record));
    delimiters = [','];
  }
  expect(found).toEqual(['a,b;"c\nd"', '1,2;"', '3,"4\n5"']);
});

it.each([1, 5, 1_000])('passes over what is too long, and goes on behind it: %i bytes', async (pieceBytes) => {
  expect(await split(`short\n${'x'.repeat(50)}\nnext\n${'y'.repeat(21)}`, pieceBytes)).toEqual(['short', undefined, 'next', undefined]);
});

it('takes quotes for what they are where they mean nothing', async () => {
  expect(await split('{"a"}\n"\nb', 4, false)).toEqual(['{"a"}', '"', 'b']);
});
