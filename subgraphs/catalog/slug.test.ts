import { describe, expect, it } from 'vitest';
import { slugOf, slugText } from './slug.js';

describe('A slug', () => {
  it.each([
    ['Stoneware Mug', 'stoneware-mug'],
    ['  Crème brûlée — set of 4! ', 'crème-brûlée-set-of-4'],
    ['হাতে বোনা শাড়ি', 'হাতে-বোনা-শাড়ি'],
    ['Ｆｕｌｌ width', 'full-width'],
    ['!!!', ''],
  ])('is made of the title %j', (title, slug) => {
    expect(slugOf(title)).toBe(slug.normalize('NFC'));
  });

  it('is one for all spellings of the same letters', () => {
    expect(slugText.parse('CAFE\u0301-cup')).toBe(slugText.parse('caf\u00e9-cup'));
  });

  it.each(['a b', 'a--b', '-a', 'a-', '', 'a\u200bb', 'a\u202eb', 'a/b', 'x'.repeat(121)])('is never %j', (text) => {
    expect(slugText.safeParse(text).success).toBe(false);
  });

  it('of a long title ends at a word', () => {
    const slug = slugOf('wonderful '.repeat(30));
    expect(slug.length).toBeLessThanOrEqual(120);
    expect(slug.endsWith('wonderful')).toBe(true);
  });
});
