import { expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

it('stands still until it is moved', () => {
  const clock = new FakeClock('2026-03-01T00:00:00Z');
  clock.now().setFullYear(1999);
  expect(clock.now().toISOString()).toBe('2026-03-01T00:00:00.000Z');
  clock.advance(90_000);
  expect(clock.now().toISOString()).toBe('2026-03-01T00:01:30.000Z');
  clock.set('2025-01-01T00:00:00Z');
  expect(clock.now().toISOString()).toBe('2025-01-01T00:00:00.000Z');
});
