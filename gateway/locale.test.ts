import { expect, it } from 'vitest';
import { negotiatedLocale } from './locale.js';

it.each([
  [undefined, 'en'], ['', 'en'], ['bn', 'bn'], ['bn-BD', 'bn'], ['BN-bd, en;q=0.5', 'bn'], ['fr, bn;q=0.1', 'bn'], ['fr', 'en'], ['*', 'en'],
  ['en;q=0.2, bn;q=0.9', 'bn'], ['bn;q=0, en', 'en'], ['pt', 'pt-BR'], ['pt-PT', 'pt-BR'], ['zh-Hant-TW', 'zh-Hant'], [';;;,,q=1', 'en'], ['bn;q=2', 'bn'],
])('of the wishes %s the tenant has %s', (wishes, locale) => {
  expect(negotiatedLocale(wishes, ['en', 'bn', 'pt-BR', 'zh-Hant'])).toBe(locale);
});

it('looks at a bounded number of wishes', () => {
  expect(negotiatedLocale(`${'xx,'.repeat(100_000)}bn`, ['en', 'bn'])).toBe('en');
});
