import { describe, expect, test } from 'vitest';
import { Lanes, Slots, slotsWithin } from './consumer-lanes.js';

describe('Lanes', () => {
  test('keep the order of one key while another key overtakes', async () => {
    const lanes = new Lanes();
    const done: string[] = [];
    const gate = Promise.withResolvers<void>();
    lanes.put('a', () => gate.promise.then(() => void done.push('a1')));
    lanes.put('a', async () => void done.push('a2'));
    lanes.put('b', async () => {
      done.push('b1');
      gate.resolve();
    });
    await lanes.empty();
    expect(done).toEqual(['b1', 'a1', 'a2']);
  });
});

describe('Slots', () => {
  test('let no more run at once than there are, and free one also when its work fails', async () => {
    const slots = new Slots(2);
    let [running, most] = [0, 0];
    const work = (n: number) => slots.run(async () => {
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      running -= 1;
      if (n % 3 === 0) throw new Error('no');
      return n;
    }).catch(() => -1);
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map(work))).toEqual([1, 2, -1, 4, 5, -1]);
    expect(most).toBe(2);
  });

  test('are taken by turns from line to line, and in order within each', async () => {
    const slots = new Slots(1);
    const done: string[] = [];
    const put = (line: string, n: number) => slots.run(async () => void done.push(`${line}${n}`), line);
    await Promise.all([...[1, 2, 3, 4].map((n) => put('a', n)), put('b', 1), put('b', 2), put('c', 1)]);
    expect(done).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
    await put('a', 5);
    expect(done.at(-1)).toBe('a5');
  });

  test('of several users within a common number are shared: one with much to do leaves the others their turns', async () => {
    const common = new Slots(3);
    const [busy, calm] = [slotsWithin(common, 2), slotsWithin(common, 2)];
    const gate = Promise.withResolvers<void>();
    let begun = 0;
    const held = Array.from({ length: 5 }, () => busy.run(async () => { begun += 1; await gate.promise; }));
    expect(await calm.run(async () => begun)).toBe(2);
    gate.resolve();
    await Promise.all(held);
    expect(begun).toBe(5);
  });
});
