import type { Scenario } from '../scenario.js';

const text = `query Search($query: String!) { search(query: $query, first: 20) { totalCount correctedQuery
  nodes { score inStock priceRange { min { minor currency } } product { slug title image { url } } } facets { key name values { value count } } } }`;
const queries = ['saree', 'cotton', 'black tea', 'brass', 'wireless earphones', 'handloom', 'bamboo lamp', 'organic rice'];

/** Words in the shop's first language, with all facets counted. */
export const scenario: Scenario = {
  name: 'a search with facets',
  requests: 800,
  prepare: async (door) => async (n) => {
    const { search } = await door.ask<{ search: { totalCount: number; facets: unknown[] } }>(text, { query: queries[n % queries.length] });
    if (search.totalCount === 0 || search.facets.length === 0) throw new Error(`${queries[n % queries.length]} finds nothing.`);
  },
};
