import { eventually } from '@haat/kit/testing/eventually';
import type { Scenario } from '../scenario.js';

const productsText = 'query Some { products(first: 20) { nodes { id title status } } }';
const changeText = 'mutation Change($input: ChangeProductInput!) { changeProduct(input: $input) { __typename } }';
const searchText = 'query Found($query: String!) { search(query: $query, first: 1) { nodes { productId } } }';

const requests = 100;
/** A change that is not found by then is lost, in milliseconds. */
const lostAfterMs = 20_000;
/** All that the seed said is heard by then, in milliseconds. */
const seedHeardMs = 300_000;

/** From the commit of a product's new title until a shopper finds it by a word of it: what p95 of this is, is said at the end of each run. */
export const scenario: Scenario = {
  name: 'a change until it is found',
  requests,
  connections: 4,
  async prepare(door) {
    const token = await door.signIn('operator');
    const { products } = await door.ask<{ products: { nodes: { id: string; title: string; status: string }[] } }>(productsText, {}, token);
    const published = products.nodes.filter(({ status }) => status === 'PUBLISHED');
    const waits: number[] = [];
    const change = async (n: number, limitMs: number): Promise<number> => {
      const product = published[n % published.length];
      if (!product) throw new Error('There is no published product.');
      const word = `w${Math.random().toString(36).slice(2, 12)}`;
      const { changeProduct } = await door.ask<{ changeProduct: { __typename: string } }>(changeText, { input: { productId: product.id, title: `${product.title} ${word}` } }, token);
      if (changeProduct.__typename !== 'Product') throw new Error(`The change came to ${changeProduct.__typename}.`);
      const committed = performance.now();
      await eventually(async () => (await door.ask<{ search: { nodes: { productId: string }[] } }>(searchText, { query: word })).search.nodes[0]?.productId === product.id, limitMs);
      return performance.now() - committed;
    };
    // What the seed said comes first.
    await change(0, seedHeardMs);
    return async (n) => {
      waits.push(await change(n, lostAfterMs));
      if (waits.length % requests === 0) console.log(`commit to visible, p95 of ${requests}: ${quantile(waits.splice(0), 0.95).toFixed(0)} ms`);
    };
  },
};

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
