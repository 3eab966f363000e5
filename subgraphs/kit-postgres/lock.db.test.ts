import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { EntityManager } from 'typeorm';
import { newId } from '@haat/kit/id';
import type { StoreRuntime } from '@haat/kit/store';
import { eventually } from '@haat/kit/testing/eventually';
import { openThings, type ThingStore } from './testing/postgres-things.js';

let store: ThingStore;
let one: StoreRuntime<EntityManager>;
let other: StoreRuntime<EntityManager>;
let name: string;

beforeAll(async () => {
  store = await openThings();
  one = store.runtime;
  other = await store.again();
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(() => { name = newId('req'); });

const killLeads = (): Promise<unknown> => store.database.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'things leads' and datname = current_database()`);

it('one of many leads, within a process and between them, until it releases', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? one : other).lead(name)));
  const leads = all.filter((lead) => lead !== undefined);
  expect(leads).toHaveLength(1);
  await leads[0]?.release();
  const next = await other.lead(name);
  expect(next).toBeDefined();
  await next?.release();
  expect(next?.lost.aborted).toBe(false);
});

it('leads of different names do not know each other', async () => {
  await using first = await one.lead(name);
  await using second = await one.lead(`${name} 2`);
  expect([first, second].every((lead) => lead !== undefined)).toBe(true);
});

it('a lead is lost with its connection, says so, and is another\'s to take', async () => {
  const lead = await one.lead(name);
  await killLeads();
  await eventually(() => lead?.lost.aborted ?? false);
  await eventually(async () => {
    await using next = await other.lead(name);
    return next !== undefined;
  });
  await lead?.release();
  await eventually(async () => {
    await using again = await one.lead(name);
    return again !== undefined;
  });
});

it('a lead ends when its store closes', async () => {
  const third = await store.again();
  const lead = await third.lead(name);
  await third.close();
  await eventually(() => lead?.lost.aborted ?? false);
  await eventually(async () => {
    await using next = await one.lead(name);
    return next !== undefined;
  });
  expect(await third.lead(name)).toBeUndefined();
});
