import { describe, expect, it } from 'vitest';
import { passwordBytesMax, weaknesses } from './password-policy.js';

describe('a password', () => {
  it.each(['correct horse battery', 'haat-demo-2026', 'ঢাকা-শহরের-বাজার', 'x7#kL0p!qZ'])('%s will do', (password) => {
    expect(weaknesses(password, 'ann@example.com')).toEqual([]);
  });

  it.each([
    ['a', 'Shorter than 10'],
    ['ninechars', 'Shorter than 10'],
    ['aaaaaaaaaaaaaa', 'fewer than five'],
    ['Password123', 'stolen'],
    ['ann.example@example.com', 'same as the e-mail'],
    ['Ann.Example', 'same as the e-mail'],
    ['nul\0character', 'null character'],
    ['x'.repeat(passwordBytesMax + 1), 'Longer than'],
    ['স'.repeat(100), 'Longer than'],
  ])('%j is weak: %s', (password, expected) => {
    expect(weaknesses(password, 'ann.example@example.com').join(' ')).toContain(expected);
  });
});
