import { expect, it } from 'vitest';
import { usedOnce } from './used-once.js';

const at = (seconds: number) => new Date(seconds * 1_000);

it('an id is first once, until it could not come again', () => {
  const used = usedOnce();
  expect([used.isFirst('a', 65, at(0)), used.isFirst('b', 66, at(1)), used.isFirst('a', 65, at(64))]).toEqual([true, true, false]);
  expect([used.isFirst('c', 130, at(65)), used.isFirst('b', 66, at(65)), used.isFirst('a', 65, at(65))]).toEqual([true, false, true]);
});

it('a full memory forgets the oldest', () => {
  const used = usedOnce(2);
  expect(['a', 'b', 'c'].map((id) => used.isFirst(id, 65, at(0)))).toEqual([true, true, true]);
  expect(['c', 'b', 'a'].map((id) => used.isFirst(id, 65, at(0)))).toEqual([false, false, true]);
});
