import type { Scenario } from '../scenario.js';

const text = 'query Page { products(first: 20) { nodes { id slug title image { url alt } variants { id sku } } pageInfo { hasNextPage endCursor } } }';

export const scenario: Scenario = {
  name: 'a page of 20 products',
  requests: 1_000,
  async prepare(door) {
    const token = await door.signIn('operator');
    return async () => {
      const { products } = await door.ask<{ products: { nodes: unknown[] } }>(text, {}, token);
      if (products.nodes.length !== 20) throw new Error(`The page has ${products.nodes.length} products.`);
    };
  },
};
