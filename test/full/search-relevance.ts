import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { dataOf } from '../support/graph.js';
import type { TestMarketplace } from '../support/test-marketplace.js';

/** What somebody looks for, and what must be in front of all else: up to three titles, in whatever order. */
interface Looked { readonly marketplace: string; readonly locale: string; readonly query: string; readonly expected: readonly string[] }
interface Found { readonly search: { readonly nodes: readonly { readonly product: { readonly title: string } | null }[] } }

/** Of the sixty queries so many must find what was meant. */
const rightMin = 54;

const queries = JSON.parse(await readFile(new URL('../../../subgraphs/search/relevance/queries.json', import.meta.url), 'utf8')) as readonly Looked[];

/** What the search box answers. */
export const searchRelevance = (shop: () => TestMarketplace): void => void describe('what shoppers of the demonstration look for', () => {
  const front = async ({ marketplace: tenant, locale, query, expected }: Looked) => {
    const answer = await shop().door.ask<Found>({ tenant, headers: { 'accept-language': locale } }, 'query($query: String, $first: Int) { search(query: $query, first: $first) { nodes { product { title } } } }', { query, first: expected.length });
    return dataOf(answer).search.nodes.map(({ product }) => product?.title ?? '');
  };

  it('is found in English, Bengali and Swedish, mistyped and by synonyms, nine times of ten [SRCH-01, SRCH-05, SRCH-08]', async () => {
    expect(queries).toHaveLength(60);
    const wrong: object[] = [];
    for (const looked of queries) {
      const titles = await front(looked);
      if (titles.toSorted().join() !== [...looked.expected].sort().join()) wrong.push({ ...looked, titles });
    }
    expect(wrong.length <= queries.length - rightMin ? [] : wrong).toEqual([]);
    console.info(`${queries.length - wrong.length} of ${queries.length} queries found what was meant.`);
  });
});
