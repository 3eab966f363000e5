import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeAlphabet, newCode, newCodes, normalCode } from './coupon-code.js';

describe('a code', () => {
  it.each([['  eid2026 ', 'EID2026'], ['cafe\u0301', 'CAFÉ'], ['straße', 'STRASSE'], ['\u3000ঈদ\u00a0', 'ঈদ']])('%j is kept as %s', (typed, kept) => {
    expect(normalCode(typed)).toBe(kept);
  });

  it('that is kept stays as it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(normalCode(normalCode(text))).toBe(normalCode(text));
    }));
  });

  it('is made of signs that nobody mixes up, after its prefix', () => {
    for (const code of newCodes(randomBytes, { count: 200, length: 10, prefix: 'eid-' })) expect(code).toMatch(new RegExp(`^EID-[${codeAlphabet}]{10}$`));
    expect([...'0O1IL2Z5S8B'].some((sign) => codeAlphabet.includes(sign))).toBe(false);
    expect(new Set(codeAlphabet).size).toBe(codeAlphabet.length);
  });

  it('has each sign as often as any other', () => {
    const [everyByte] = [Uint8Array.from({ length: 256 }, (_, byte) => byte)];
    const signs = [...newCode(() => everyByte, { length: 250 })];
    for (const sign of codeAlphabet) expect(signs.filter((one) => one === sign)).toHaveLength(10);
  });

  it('is never made twice, nor short, nor of bytes that are not random', () => {
    expect(new Set(newCodes(randomBytes, { count: 5000, length: 8 })).size).toBe(5000);
    expect(() => newCode(randomBytes, { length: 7 })).toThrow('at least 8');
    expect(() => newCode((count) => new Uint8Array(count).fill(255), { length: 8 })).toThrow('random');
    expect(() => newCodes((count) => new Uint8Array(count), { count: 2, length: 8 })).toThrow('random');
  });
});
