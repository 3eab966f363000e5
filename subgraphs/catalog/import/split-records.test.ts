import { expect, it } from 'vitest';
import { splitRecords } from './split-records.js';

async function split(text: string, pieceBytes: number, isQuoted = true): Promise<(string | undefined)[]> {
  const bytes = Buffer.from(text);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  const found: (string | undefined)[] = [];
  for await (const record of splitRecords(pieces(), { isQuoted, recordBytesMax: 20 })) found.push(record?.toString());
  return found;
}

it.each([1, 2, 3, 7, 1_000])('cuts at line breaks outside quotes, whatever the pieces: %i bytes', async (pieceBytes) => {
  expect(await split('a,b\r\n"c\nd",e\n\n"f ""g""",ü\nlast', pieceBytes)).toEqual(['a,b', '"c\nd",e', '"f ""g""",ü', 'last']);
});

it.each([1, 5, 1_000])('passes over what is too long, and goes on behind it: %i bytes', async (pieceBytes) => {
  expect(await split(`short\n${'x'.repeat(50)}\nnext\n${'y'.repeat(21)}`, pieceBytes)).toEqual(['short', undefined, 'next', undefined]);
});

it('takes quotes for what they are where they mean nothing', async () => {
  expect(await split('{"a"}\n"\nb', 4, false)).toEqual(['{"a"}', '"', 'b']);
});
