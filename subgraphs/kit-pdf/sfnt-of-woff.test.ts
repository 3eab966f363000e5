import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { create } from 'fontkit';
import { describe, expect, it } from 'vitest';
import { sfntOfWoff } from './sfnt-of-woff.js';

const packed = readFileSync(createRequire(import.meta.url).resolve('@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff'));

describe('a font in WOFF', () => {
  it('unpacks into the file it was made of: as long as it says, with every table at its place and the same letters', () => {
    const sfnt = sfntOfWoff(packed);
    expect(sfnt.length).toBe(packed.readUInt32BE(16));
    const [before, after] = [create(packed), create(sfnt)];
    if (!('layout' in before) || !('layout' in after)) throw new Error('These are no fonts.');
    const text = 'Åhlén & söner, 1 200 kr';
    expect(after.layout(text).glyphs.map(({ id, path }) => [id, path.toSVG()])).toEqual(before.layout(text).glyphs.map(({ id, path }) => [id, path.toSVG()]));
    expect(after.layout(text).advanceWidth).toBe(before.layout(text).advanceWidth);
  });

  it('is refused where it is none, or a table is longer than it says', () => {
    expect(() => sfntOfWoff(Buffer.from('OTTO and so on'))).toThrow('no font in WOFF');
    const damaged = Buffer.from(packed);
    damaged.writeUInt32BE(damaged.readUInt32BE(44 + 12) - 1, 44 + 12);
    expect(() => sfntOfWoff(damaged)).toThrow();
  });
});
