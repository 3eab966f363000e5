import { describe, expect, it } from 'vitest';
import { alikeLoader, batchMax, listLoader, loader, mapBy } from './loader.js';

describe('loader', () => {
  it('asks once for what is wanted in one turn, each key once, and answers in order', async () => {
    const asked: (readonly string[])[] = [];
    const names = loader(async (keys: readonly string[]) => {
      asked.push(keys);
      return mapBy([{ id: 'b', name: 'B' }, { id: 'a', name: 'A' }], (row) => row.id);
    });
    const found = await Promise.all(['a', 'missing', 'b', 'a'].map((key) => names.load(key)));
    expect(found).toEqual([{ id: 'a', name: 'A' }, null, { id: 'b', name: 'B' }, { id: 'a', name: 'A' }]);
    expect(asked).toEqual([['a', 'missing', 'b']]);
  });

  it('splits at the limit', async () => {
    const sizes: number[] = [];
    const echo = loader(async (keys: readonly number[]) => {
      sizes.push(keys.length);
      return keys.map((key) => key * 2);
    });
    const keys = Array.from({ length: batchMax * 2 + 1 }, (_, i) => i);
    expect(await echo.loadMany(keys)).toEqual(keys.map((key) => key * 2));
    expect(sizes).toEqual([batchMax, batchMax, 1]);
  });

  it('knows keys that are objects by their text', async () => {
    let calls = 0;
    const levels = loader(async (keys: readonly { offer: string; place: string }[]) => {
      calls += keys.length;
      return new Map([['o1/p1', 5]]);
    }, { key: (k) => `${k.offer}/${k.place}` });
    expect(await Promise.all([levels.load({ offer: 'o1', place: 'p1' }), levels.load({ offer: 'o1', place: 'p1' }), levels.load({ offer: 'o2', place: 'p1' })])).toEqual([5, 5, null]);
    expect(calls).toBe(2);
  });

  it('rejects an answer that does not fit its keys', async () => {
    const short = loader(async () => [1]);
    await expect(Promise.all([short.load('a'), short.load('b')])).rejects.toThrow(/asked for 2 keys and answered 1/);
  });

  it('gives one key its error and the others their values', async () => {
    const some = loader(async () => [1, new Error('unreadable')]);
    expect(await Promise.allSettled([some.load('a'), some.load('b')])).toMatchObject([{ value: 1 }, { reason: { message: 'unreadable' } }]);
  });
});

describe('listLoader', () => {
  it('groups rows by key, with an empty list where there are none', async () => {
    const lines = listLoader(async () => [{ order: 'x', n: 1 }, { order: 'y', n: 2 }, { order: 'x', n: 3 }], (row) => row.order);
    expect(await lines.loadMany(['x', 'z', 'y'])).toEqual([[{ order: 'x', n: 1 }, { order: 'x', n: 3 }], [], [{ order: 'y', n: 2 }]]);
  });
});

describe('alikeLoader', () => {
  it('asks once for all that is wanted alike, and tells the rest apart', async () => {
    const asked: unknown[] = [];
    const pages = alikeLoader<{ id: string; first: number }, string>(async (ids, { first }) => {
      asked.push([ids, first]);
      return new Map(ids.filter((id) => id !== 'gone').map((id) => [id, `${id} ${first}`]));
    });
    const wishes = [{ id: 'a', first: 1 }, { id: 'b', first: 2 }, { id: 'b', first: 1 }, { id: 'gone', first: 1 }, { id: 'a', first: 1 }];
    expect(await Promise.all(wishes.map((wish) => pages.load(wish)))).toEqual(['a 1', 'b 2', 'b 1', null, 'a 1']);
    expect(asked).toEqual([[['a', 'b', 'gone'], 1], [['b'], 2]]);
  });
});
