import { describe, expect, it } from 'vitest';
import { saidIn } from './words.js';

describe('Words in the language of who asks', () => {
  it.each([
    ['bn', 'মগ'],
    ['en-GB', 'Mug'],
    ['sv', 'Mug'],
    ['bn-BD', 'মগ'],
  ])('fall back from %s to %s', (locale, expected) => {
    expect(saidIn({ en: 'Mug', bn: 'মগ' }, locale, 'en')).toBe(expected);
  });

  it('are any there are where even the default language says nothing', () => {
    expect(saidIn({ sv: 'Mugg' }, 'bn', 'en')).toBe('Mugg');
  });
});
