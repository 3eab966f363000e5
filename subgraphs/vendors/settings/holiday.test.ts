import { describe, expect, it } from 'vitest';
import { isOnHoliday } from '../vendor/vendor.js';
import { holidayOf, turned } from './holiday.js';

const at = (hour: number) => new Date(Date.UTC(2026, 5, 1, hour));

describe('a holiday', () => {
  it.each([
    [{ from: at(2), until: at(4) }, at(1), at(2)],
    [{ from: at(2), until: at(4) }, at(2), at(4)],
    [{ from: at(2), until: at(4) }, at(3), at(4)],
    [{ until: at(4) }, at(3), at(4)],
    [{ from: at(2) }, at(1), at(2)],
    [{}, at(1), null],
  ])('%j turns, seen at %s, at %s', (wish, now, turnsAt) => {
    expect(holidayOf(wish, now).holidayTurnsAt).toEqual(turnsAt);
  });

  it('is nothing once it is over, or was ended', () => {
    expect(turned({ holidayFrom: at(2), holidayUntil: at(4) }, at(4))).toEqual({ holidayFrom: null, holidayUntil: null, holidayTurnsAt: null });
    expect(holidayOf(null, at(1)).holidayFrom).toBeNull();
  });

  it.each([[{ from: at(4), until: at(2) }, at(1)], [{ from: at(1), until: at(2) }, at(3)], [{ from: at(2), until: at(2) }, at(1)]])('%j is refused at %s', (wish, now) => {
    expect(() => holidayOf(wish, now)).toThrow(/input.holiday.until/);
  });

  it.each([[at(1), false], [at(2), true], [at(3), true], [at(4), false]])('from 2 until 4 is on at %s: %s', (now, isOn) => {
    expect(isOnHoliday({ holidayFrom: at(2), holidayUntil: at(4) }, now)).toBe(isOn);
  });
});
