import { describe, expect, it } from 'vitest';
import { keptByText } from './kept-by-text.js';

/** As many as an attacker may send in a minute or so, and how many real clients have. */
const differing = 50_000;
const real = 300;

const keep = (sizeMax = 1_000_000) => keptByText<{ readonly made: string }>({ what: 'sizes', sizeMax, sizeOf: (_, text) => text.length });

describe('what is kept of texts', () => {
  it('is bounded in number, and what real clients use is not pushed out by a flood of others', () => {
    const kept = keep();
    const use = (text: string): boolean => {
      if (kept.get(text)) return true;
      kept.set(text, { made: text });
      return false;
    };
    for (const _ of [1, 2]) for (let n = 0; n < real; n += 1) use(`{ page${n} }`);
    let known = 0;
    for (let n = 0; n < differing; n += 1) {
      use(`# ${n}\n{ page }`);
      if (n % 100 === 0 && use(`{ page${(n / 100) % real} }`)) known += 1;
      expect(kept.entries).toBeLessThanOrEqual(5_000);
    }
    expect(known).toBe(differing / 100);
    expect(kept.entries).toBe(1_000 + real);
  });

  it('is bounded in size, however large each is and however often it comes', () => {
    const kept = keep(100_000);
    for (let n = 0; n < 2_000; n += 1) {
      const text = String(n).padEnd(999, 'x');
      kept.set(text, { made: text });
      kept.get(text);
    }
    expect(kept.entries).toBe(80);
    kept.set('x'.repeat(50_000), { made: 'too large' });
    expect(kept.get('x'.repeat(50_000))).toBeUndefined();
  });

  it('stays where it is for who only looks again, and goes when it is told to', () => {
    const kept = keep();
    kept.set('a', { made: 'a' });
    expect(kept.peek('a')).toEqual({ made: 'a' });
    for (let n = 0; n < 1_000; n += 1) kept.set(`b${n}`, { made: 'b' });
    expect(kept.peek('a')).toBeUndefined();
    kept.delete('b999');
    expect([kept.get('b999'), kept.get('b998')]).toEqual([undefined, { made: 'b' }]);
    kept.clear();
    expect(kept.entries).toBe(0);
  });
});
