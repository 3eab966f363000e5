import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { onBoundary } from '@haat/kit/boundary';
import { pages } from './testing/mongo-pages.js';
import { openTestMongo, type TestMongo } from './testing/mongo-testing.js';
import type { MongoRuntime } from './mongo-runtime.js';

const leaseMs = 1_500;
let test: TestMongo;
let other: MongoRuntime;
beforeAll(async () => {
  test = await openTestMongo([pages], { leaseMs, subgraph: 'first' });
  other = await test.again({ subgraph: 'second' });
});
afterEach(() => onBoundary(undefined));
afterAll(() => test?.[Symbol.asyncDispose]());

/** Asks until the lead is free; a lease ends by the database's clock alone. */
async function eventually(name: string) {
  for (const until = Date.now() + 10_000; Date.now() < until;) {
    const lead = await other.lead(name);
    if (lead) return lead;
  }
  throw new Error(`Nobody let go of ${name}.`);
}

describe('A lead', () => {
  it('is had by one of many who want it at once', async () => {
    const asked = await Promise.all(Array.from({ length: 16 }, (_, n) => (n % 2 ? other : test.runtime).lead('one')));
    const got = asked.filter((lead) => lead !== undefined);
    expect(got).toHaveLength(1);
    await got[0]?.release();
  });

  it('is renewed for as long as it is held, and free at once when released', async () => {
    const held = await test.runtime.lead('two');
    for (const until = Date.now() + 2 * leaseMs; Date.now() < until;) expect(await other.lead('two')).toBeUndefined();
    expect(held?.lost.aborted).toBe(false);
    await held?.release();
    const next = await other.lead('two');
    expect(next?.epoch).toBe((held?.epoch ?? 0) + 1);
    await next?.release();
  });

  it('stays free when a renewal was on its way as it was released', async () => {
    const held = await test.runtime.lead('five');
    const [onItsWay, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    onBoundary((name) => {
      if (name !== 'first/update leases:before') return undefined;
      onBoundary((later) => { if (later === 'first/update leases:after' && isReleased) landed.resolve(); });
      onItsWay.resolve();
      return letGo.promise;
    });
    let isReleased = false;
    const landed = Promise.withResolvers<void>();
    await onItsWay.promise;
    await held?.release();
    isReleased = true;
    letGo.resolve();
    await landed.promise;
    const next = await other.lead('five');
    expect(next).toBeDefined();
    await next?.release();
  });

  it('is given up by a runner that cannot renew it before another can have it, and the epoch fences the late one off', async () => {
    const held = await test.runtime.lead('three');
    if (!held) throw new Error('It was free.');
    let lostAt = Infinity;
    held.lost.addEventListener('abort', () => { lostAt = performance.now(); });
    onBoundary((name) => (name.startsWith('first/update leases') ? new Promise<void>(() => undefined) : undefined));
    const next = await eventually('three');
    expect(lostAt).toBeLessThan(performance.now());
    expect(next.epoch).toBe(held.epoch + 1);
    await next.release();
  });

  it('says that it is lost when another took it', async () => {
    const held = await test.runtime.lead('four');
    if (!held) throw new Error('It was free.');
    const lost = once(held.lost, 'abort');
    await test.edit('leases', 'four', { $set: { holder: 'another', epoch: held.epoch + 1 } });
    await lost;
    await held.release();
    expect((await test.raw('leases')).find((lease) => (lease._id as unknown) === 'four')).toMatchObject({ holder: 'another' });
  });
});
