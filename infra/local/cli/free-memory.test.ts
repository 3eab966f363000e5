import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { freeMemory } from './free-memory.js';

/** In a function of its own: what made it would hold it. */
function something(): WeakRef<object> {
  return new WeakRef({ bytes: new Array(1_000).fill(0) });
}

it('what nobody holds any more is gone at once', async () => {
  const left = something();
  // A reference that was just made is kept until the turn ends.
  await turn();
  freeMemory();
  expect(left.deref()).toBeUndefined();
});
