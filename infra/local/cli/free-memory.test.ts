import { eventually } from '@haat/kit/testing/eventually';
import { expect, it } from 'vitest';
import { freeMemory } from './free-memory.js';

/** In a function of its own: what made it would hold it. */
function something(): WeakRef<object> {
  return new WeakRef({ texts: Array.from({ length: 1_000 }, String) });
}

it('what nobody holds any more is gone', async () => {
  const left = something();
  // Not in the turn that made it: what a reference leads to is kept until that ends.
  expect(left.deref()).toBeDefined();
  await eventually(() => {
    freeMemory();
    return left.deref() === undefined;
  });
});
