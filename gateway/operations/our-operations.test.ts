import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema, Kind, parse } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { cacheHintsOf, type CacheHints } from '../cache/cache-hints.js';
import { cacheSeconds } from '../cache/cache-seconds.js';
import { limitsFor } from '../limits/limits.js';
import { measureOperation } from './measure-operation.js';
import { readSafeList, type SafeList } from './safe-list.js';

const schemaFolder = join(import.meta.dirname, '../../../schema');

describe('the operations of our own clients', () => {
  let api: ReturnType<typeof buildSchema>;
  let hints: CacheHints;
  let list: SafeList;
  beforeAll(async () => {
    api = buildSchema(await readFile(join(schemaFolder, 'api.graphql'), 'utf8'));
    hints = cacheHintsOf(await readFile(join(schemaFolder, 'supergraph.graphql'), 'utf8'));
    list = await readSafeList([join(schemaFolder, 'operations')]);
  });

  it('are all within the limits that hold where a plan sets no others', () => {
    const refused = [...list.values()].flatMap(({ client, name, text }) => {
      const measured = measureOperation(api, text, limitsFor({}));
      return measured.isGood ? [] : [`${client} ${name}: ${measured.problems.join('; ')}`];
    });
    expect(list.size).toBeGreaterThan(50);
    expect(refused).toEqual([]);
  });

  it.each([['Shop', 60], ['Categories', 60], ['CategoryPage', 30], ['SearchProducts', 30], ['Suggest', 60], ['ProductPage', 10], ['VendorPage', 60], ['CartPage', 0], ['MyCart', 0], ['WhoAmI', 0]])('of the storefront: %s may be kept for %i seconds', (name, seconds) => {
    const found = [...list.values()].find((each) => each.client === 'storefront' && each.name === name);
    const document = parse(found?.text ?? '');
    const operation = document.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION);
    expect(operation && cacheSeconds(api, hints, document, operation)).toBe(seconds);
  });
});
