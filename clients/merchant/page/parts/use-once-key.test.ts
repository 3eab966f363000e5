import { describe, expect, it } from 'vitest';
import { onceKeys } from './use-once-key.js';

describe('the key of what a form asks for', () => {
  it('is the same as long as the same is asked and no answer came', () => {
    const keys = onceKeys();
    expect(keys.keyFor({ onHand: 3 })).toBe(keys.keyFor({ onHand: 3 }));
  });

  it('is another once an answer came, and for anything else that is asked', () => {
    const keys = onceKeys();
    const first = keys.keyFor({ onHand: 3 });
    const corrected = keys.keyFor({ onHand: 4 });
    keys.answered();
    expect(new Set([first, corrected, keys.keyFor({ onHand: 4 })]).size).toBe(3);
  });
});
