import { describe, expect, it } from 'vitest';
import { lowest30Days, type PricePeriod } from './lowest-30-days.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));
const period = (amountMinor: number, from: number, until: number | null): PricePeriod => ({ amountMinor, from: day(from), until: until === null ? null : day(until) });

describe('the lowest price of the 30 days before a reduction', () => {
  it.each<[string, PricePeriod[], number | null]>([
    ['is the one there was', [period(1000, 0, 100), period(700, 100, null)], 1000],
    ['counts an earlier sale within them', [period(1000, 0, 80), period(800, 80, 85), period(1000, 85, 100), period(700, 100, null)], 800],
    ['counts what ended on their first day', [period(600, 0, 71), period(1000, 71, 100)], 600],
    ['leaves out what ended as they began', [period(600, 0, 70), period(1000, 70, 100)], 1000],
    ['leaves out the reduction itself', [period(1000, 90, 100), period(1, 100, null)], 1000],
    ['of goods that had no price is none', [period(700, 100, null)], null],
    ['of goods that had a price long ago is none', [period(500, 0, 60), period(700, 100, null)], null],
    ['leaves out prices that never held', [period(1000, 0, 100), period(1, 90, 90)], 1000],
    ['counts a price that still holds', [period(900, 0, null)], 900],
  ])('%s', (_, history, lowest) => {
    expect(lowest30Days(history, day(100))).toBe(lowest);
  });
});
