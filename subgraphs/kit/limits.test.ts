import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { idempotencyKeyText, idText, lineOf, listOf, textOf } from './limits.js';

describe('texts', () => {
  it('are trimmed and normalised', () => {
    expect(lineOf(20).parse('  Cafe\u0301  ')).toBe('Café');
    expect(textOf(20).parse(' a\r\n\tb ')).toBe('a\n\tb');
    expect(lineOf(20).parse('ঢাকা 🛍️')).toBe('ঢাকা 🛍️');
  });

  it.each(['', '   ', 'x'.repeat(21), 'x'.repeat(1_000_000), 'a\nb', 'a\u0000b', 'a\u001b[31m', 'a\u0085b', 'a\u2028b', 'a\ud800', '\udc00b', 7, null])('refuse %j as a line', (text) => {
    expect(lineOf(20).safeParse(text).success).toBe(false);
  });

  it('refuse NUL and escapes over several lines, too', () => {
    expect(textOf(20).safeParse('a\u0000').success).toBe(false);
    expect(textOf(20).safeParse('a\u001bb').success).toBe(false);
  });

  it('refuse half a character, which no database keeps, in ids too', () => {
    for (const half of ['a\ud83d', '\udecd\ud83d']) expect([textOf(20), idText].map((rule) => rule.safeParse(half).success)).toEqual([false, false]);
    expect([textOf(20), idText].map((rule) => rule.safeParse('a🛍').success)).toEqual([true, true]);
  });
});

describe('lists and keys', () => {
  it('end at their limit', () => {
    expect(listOf(z.number()).safeParse(Array.from({ length: 250 }, () => 1)).success).toBe(true);
    expect(listOf(z.number()).safeParse(Array.from({ length: 251 }, () => 1)).error?.issues[0]?.message).toBe('expected at most 250 entries');
    expect(idempotencyKeyText.safeParse('k'.repeat(255)).success).toBe(true);
    for (const bad of ['', 'k'.repeat(256), 'a\nb', 'ключ']) expect(idempotencyKeyText.safeParse(bad).success).toBe(false);
  });
});
