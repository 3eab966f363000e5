import { expect, it } from 'vitest';
import { remembering } from './remembered.js';

it('an answer stands in for a newer one that nobody gives, is asked for again after a while, and not given once it is known to have changed', async () => {
  let nowMs = 0;
  let asked = 0;
  const known = remembering<string>({ clock: { now: () => new Date(nowMs) }, entriesMax: 10, ageMsMax: () => 100, ageMsMaxWhenLost: () => 100_000 });
  const find = (answer?: string) => known.of('a', async () => {
    asked += 1;
    if (answer === undefined) throw new Error('Away.');
    return answer;
  });
  expect(await find('old')).toBe('old');
  nowMs = 1_000;
  expect(await Promise.all([find(), find(), find()])).toEqual(['old', 'old', 'old']);
  expect([await find('new'), asked]).toEqual(['old', 2]);
  nowMs = 7_000;
  const asking = find();
  known.forget(() => true);
  await expect(asking).rejects.toThrow('Away.');
  await expect(find()).rejects.toThrow('Away.');
  expect(await find('new')).toBe('new');
});

it('however much is asked for that is not there, what is there stays in mind', async () => {
  const known = remembering<string | null>({ clock: { now: () => new Date(0) }, entriesMax: 5, ageMsMax: () => 100 });
  let asked = 0;
  const find = (key: string, answer: string | null) => known.of(key, async () => {
    asked += 1;
    return answer;
  });
  await find('good', 'yes');
  for (let n = 0; n < 2_500; n += 1) await find(`bad ${n}`, null);
  asked = 0;
  expect([await find('good', 'no'), await find('bad 2499', 'no'), asked]).toEqual(['yes', null, 0]);
  await find('bad 0', null);
  expect(asked).toBe(1);
  known.forget((value) => value === null);
  expect([await find('good', 'no'), await find('bad 0', 'now')]).toEqual(['yes', 'now']);
});
