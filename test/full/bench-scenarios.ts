import { benchBroker, type BenchBroker } from '@haat/local/bench/bench-broker';
import { benchDoor, type BenchDoor } from '@haat/local/bench/bench-door';
import { chosenScenarios, readScenarios } from '@haat/local/bench/read-scenarios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestMarketplace } from '../support/test-marketplace.js';

const all = await readScenarios();

/** What `npm run bench` measures, once each: what nobody can do, nobody can measure. */
export const benchScenarios = (shop: () => TestMarketplace): void => void describe('what the bench measures', () => {
  let door: BenchDoor;
  let broker: BenchBroker;
  beforeAll(async () => {
    const { url, servers, secrets } = shop();
    door = benchDoor(url, 2);
    broker = await benchBroker({ natsUrl: servers.nats?.urlFor('orders') ?? '', signingKey: JSON.stringify(secrets.principals['orders']?.signing.privateJwk) }, door);
  });
  afterAll(async () => {
    await broker?.[Symbol.asyncDispose]();
    await door?.[Symbol.asyncDispose]();
  });

  it.each(all)('can be done, and done again: $name', async ({ prepare }) => {
    const ask = await prepare(door, { isTrial: true, broker });
    for (const n of [0, 1]) await ask(n);
  });

  it('is all there is, but for what takes long, and what is named otherwise', () => {
    expect(chosenScenarios(all, []).map(({ name }) => name)).toEqual(expect.arrayContaining(['a product by slug', 'a page of 20 products', 'sign-in']));
    expect(chosenScenarios(all, []).some(({ isLong }) => isLong)).toBe(false);
    expect(chosenScenarios(all, ['flood', 'sign-in']).map(({ name }) => name)).toEqual(['a flood of texts that differ', 'sign-in']);
  });
});
