import { subgraphs } from '@haat/local/subgraphs';
import { eventually } from '@haat/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, dataOf, type Answer } from '../support/graph.js';
import { mutate } from '../support/mutate.js';
import { startProcesses, type Processes } from '../support/processes.js';
import { shopOfTwo } from '../support/shop-of-two.js';
import { newShopper, signIn, trySignIn, type Person } from '../support/sign-in.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';
import { oneDownPages, type OneDownPage } from './one-down-pages.js';

/** How long a subgraph that is down is left in peace, in milliseconds, and how long its return may take to be noticed. */
const restMs = 500;
const backWithinMs = 10_000;

/** More calls than the breaker needs to open. */
const callsEnough = 25;

const gone = { code: 'SUBGRAPH_UNAVAILABLE' };
const inside = /127\.0\.0\.1|localhost:|ECONN|socket|nats|postgres|mongo|node:|\.js\b|stack/i;
const names = new RegExp(subgraphs.map(({ name }) => `\\b${name}\\b`).join('|'));

let marketplace: TestMarketplace;
let apart: Processes;
let operator: Person;

beforeAll(async () => {
  marketplace = await startTestMarketplace({ SUBGRAPH_REST_MS: String(restMs) }, { seeds: sellersToo });
  const shop = await shopOfTwo(marketplace);
  await mutate(marketplace.door, shop.operator, 'createCategory', { name: 'Things', slug: 'things' });
  await eventually(async () => (await marketplace.door.ask(shop.operator, '{ search { totalCount } }')).text.includes('"totalCount":1'));
  // Processes of their own serve what was seeded from here on: nobody else shall answer for one that is killed.
  await Promise.all([...marketplace.subgraphs.values()].map((subgraph) => subgraph.close()));
  apart = await startProcesses(marketplace);
  operator = await signIn(apart.door, 'acme', 'operator@acme.example');
});
afterAll(async () => {
  await apart?.close();
  await marketplace?.close();
});

describe.each(subgraphs.map(({ name }) => name))('a page of which %s answers a part', (subgraph) => {
  const show = (): Promise<Answer> => apart.door.ask(operator, pageOf(subgraph).query);
  let whole: Record<string, unknown>;
  beforeAll(async () => {
    await pageOf(subgraph).prepare?.(apart.door, operator);
    whole = dataOf(await show());
    await apart.kill(subgraph);
  });

  it('has everything else while it is down, and an error at each place that is empty [GW-10, GW-17]', async () => {
    const { data, errors, status } = await show();
    const paths = pageOf(subgraph).lost.flatMap((path) => placesOf(whole, path.split('.')));
    expect(paths.length).toBeGreaterThan(0);
    expect(data).toEqual(paths.reduce(withoutPlace, whole));
    expect(Object.values(data ?? {}).some((value) => value !== null)).toBe(true);
    expect(errors?.map(({ path }) => path).sort()).toEqual(paths.toSorted());
    expect(status).toBe(200);
    for (const { message, extensions } of errors ?? []) {
      expect(extensions).toEqual(gone);
      expect(message).not.toMatch(inside);
      expect(message).not.toMatch(names);
    }
  });

  it('is whole again when it is back, though it had been given up [GW-10]', async () => {
    for (let n = 0; n < callsEnough; n += 1) await show();
    expect(await breakerOf(subgraph)).toBe('2');
    await apart.startAgain(subgraph);
    await eventually(async () => (await show()).errors === undefined, backWithinMs);
    expect(dataOf(await show())).toEqual(whole);
    expect(await breakerOf(subgraph)).toBe('0');
  });
});

it('every page here is of a subgraph that there is', () => {
  expect(subgraphs.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(oneDownPages)));
});

describe('while nobody can say who asks', () => {
  const shop = '{ tenant { name } categories(first: 1) { nodes { name } } }';
  let known: Person;
  let unknown: Person;
  beforeAll(async () => {
    known = await newShopper(apart.door, 'acme', 'Known');
    unknown = await newShopper(apart.door, 'acme', 'Unknown');
    dataOf(await apart.door.ask(known, shop));
    await apart.kill('identity');
  });

  it('guests see the shop, and so does who was seen lately', async () => {
    const { categories } = dataOf(await apart.door.ask<{ categories: { nodes: unknown[] } }>({ tenant: 'acme' }, shop));
    expect(categories.nodes).toHaveLength(1);
    expect(dataOf(await apart.door.ask(known, shop))).toHaveProperty('categories', categories);
  });

  it('somebody else is asked to come again, and is neither a guest nor sent away as a stranger', async () => {
    const answer = await apart.door.ask(unknown, shop);
    expect([answer.status, codeOf(answer), answer.data]).toEqual([503, gone.code, undefined]);
    expect(answer.text).not.toMatch(inside);
    await expect(trySignIn(apart.door, 'acme', known.email)).rejects.toThrow(gone.code);
  });

  it('until it is back, when everybody is known again', async () => {
    await apart.startAgain('identity');
    await eventually(async () => (await apart.door.ask(unknown, shop)).errors === undefined, backWithinMs);
    await eventually(() => signIn(apart.door, 'acme', known.email), backWithinMs);
  });
});

describe('while nobody can say which marketplaces there are', () => {
  const shop = '{ categories(first: 1) { nodes { name } } }';
  const asked = (tenant: string): Promise<Answer> => apart.door.ask({ tenant }, shop);
  beforeAll(() => apart.kill('tenants'));

  it('those that are known are served, and of others nobody says that they are not there', async () => {
    dataOf(await asked('acme'));
    const other = await asked('nordic');
    expect([other.status, codeOf(other), other.data]).toEqual([503, gone.code, undefined]);
    expect(other.text).not.toMatch(inside);
  });

  it('until it is back, when all are served', async () => {
    await apart.startAgain('tenants');
    await eventually(async () => (await asked('nordic')).errors === undefined, backWithinMs);
  });
});

function pageOf(subgraph: string): OneDownPage {
  const page = oneDownPages[subgraph];
  if (!page) throw new Error(`No page asks ${subgraph}: add one to one-down-pages.ts.`);
  return page;
}

/** The places in an answer that a path with stars names. */
function placesOf(value: unknown, [step, ...rest]: readonly string[]): (string | number)[][] {
  if (step === undefined) return [[]];
  const inner = value as Record<string, unknown>;
  const steps = step === '*' ? [...(value as unknown[]).keys()] : [step];
  return steps.flatMap((at) => placesOf(inner[at], rest).map((place) => [at, ...place]));
}

function withoutPlace<V>(value: V, [step, ...rest]: readonly (string | number)[]): V {
  if (step === undefined) return null as V;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[step] = withoutPlace(copy[step], rest);
  return copy as V;
}

/** 0 closed, 2 open, as the figures say. */
async function breakerOf(subgraph: string): Promise<string | undefined> {
  const { text } = await apart.door.fetch('/metrics');
  return new RegExp(`haat_gateway_breaker_state\\{[^}]*subgraph="${subgraph}"[^}]*\\} (\\d)`).exec(text)?.[1];
}
