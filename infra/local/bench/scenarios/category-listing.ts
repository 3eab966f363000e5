import type { Scenario } from '../scenario.js';

const text = `query Listing($slug: String!) { category(slug: $slug) { id name products(first: 20) {
  nodes { id slug title image { url alt } priceRange { min { minor currency } max { minor currency } } inStock } pageInfo { hasNextPage endCursor } } } }`;
const slugs = ['sarees', 'tea', 'audio', 'cookware', 'toys'];

/** What a shopper sees of a category: answered from search's read model, with the category's own words from catalog. */
export const scenario: Scenario = {
  name: 'a listing of a category',
  requests: 1_000,
  prepare: async (door) => async (n) => {
    const { category } = await door.ask<{ category: { products: { nodes: unknown[] } | null } | null }>(text, { slug: slugs[n % slugs.length] });
    if (!category?.products?.nodes.length) throw new Error('The category shows nothing.');
  },
};
