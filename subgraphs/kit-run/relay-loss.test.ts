import { describe, expect, test } from 'vitest';
import { lostAfter, sightIn, textOf, type StreamSight } from './relay-loss.js';

const at = new Date('2026-03-15T00:00:00Z');
const sight: StreamSight = { created: '2026-03-01T00:00:00Z', deleted: 0, first: 11, firstAt: '2026-03-10T00:00:00Z' };
const now = { ...sight, last: 100 };

describe('A stream seen again', () => {
  test.each<[string, Parameters<typeof lostAfter>[0], Parameters<typeof lostAfter>[1], number | undefined]>([
    ['has everything', { sight, sequence: 100 }, now, undefined],
    ['has more than was acknowledged to us', { sight, sequence: 90 }, now, undefined],
    ['ends before what was acknowledged', { sight, sequence: 120 }, now, 100],
    ['is another under the same name', { sight, sequence: 100 }, { ...now, created: '2026-03-14T00:00:00Z' }, 0],
    ['has a hole', { sight, sequence: 100 }, { ...now, deleted: 3 }, 0],
    ['lost its beginning before its time', { sight, sequence: 100 }, { ...now, first: 50 }, 0],
    ['aged at its beginning', { sight: { ...sight, firstAt: '2026-03-01T00:00:00Z' }, sequence: 100 }, { ...now, first: 50 }, undefined],
    ['was empty and still is its beginning', { sight: { ...sight, firstAt: undefined }, sequence: 100 }, { ...now, first: 50 }, undefined],
    ['is seen for the first time', { sequence: 0 }, now, undefined],
    ['is seen for the first time by an outbox that was published before', { sequence: 5 }, now, 0],
  ])('that %s', (_, seen, present, lost) => {
    expect(lostAfter(seen, present, at)).toBe(lost);
  });

  test('is noted as text and read from it; what is no note counts as never seen', () => {
    expect(sightIn(textOf(sight))).toEqual(sight);
    expect(sightIn('{"created":1}')).toBeUndefined();
    expect(sightIn('2026-03-01')).toBeUndefined();
    expect(sightIn(undefined)).toBeUndefined();
  });
});
