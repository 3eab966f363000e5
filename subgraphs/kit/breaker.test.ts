import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { breaker, breakerOpenMs, type Breaker } from './breaker.js';
import { notFound } from './refusal.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

async function fail(b: Breaker, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await expect(b.run(async () => { throw new Error('down'); })).rejects.toThrow('down');
}

describe('breaker', () => {
  it('opens when half of a window fails, refuses without calling, and closes again after one success', async () => {
    const b = breaker('ask:stock');
    await fail(b, 10);
    expect(b.state).toBe('OPEN');
    const work = vi.fn(async () => 'up');
    await expect(b.run(work)).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', message: 'ask:stock is not available right now.' });
    expect(work).not.toHaveBeenCalled();
    vi.setSystemTime(breakerOpenMs + 1);
    expect(await b.run(work)).toBe('up');
    expect(b.state).toBe('CLOSED');
  });

  it('opens again when the trial fails', async () => {
    const b = breaker('x');
    await fail(b, 10);
    vi.setSystemTime(breakerOpenMs + 1);
    await fail(b, 1);
    await expect(b.run(async () => 1)).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  });

  it('stays closed below half a window, and below the share', async () => {
    const b = breaker('x');
    await fail(b, 9);
    expect(b.state).toBe('CLOSED');
    const mixed = breaker('y');
    for (let i = 0; i < 40; i += 1) {
      await mixed.run(async () => i);
      await mixed.run(async () => i);
      await fail(mixed, 1);
    }
    expect(mixed.state).toBe('CLOSED');
  });

  it('does not count what says nothing of the other side', async () => {
    const b = breaker('x', { countsAsFailure: (error) => error instanceof TypeError });
    for (let i = 0; i < 40; i += 1) await expect(b.run(async () => { throw notFound('order'); })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(b.state).toBe('CLOSED');
  });
});
