import type { Scenario } from '../scenario.js';

const slugsText = 'query Slugs { products(first: 50, filter: { status: PUBLISHED }) { nodes { slug } } }';
const productText = `query Product($slug: String!) { product(slug: $slug) {
  id title description images { url alt } options { name } variants { id sku title options { name value } } categories { id name }
} }`;

export const scenario: Scenario = {
  name: 'a product by slug',
  requests: 1_500,
  async prepare(door) {
    const { products } = await door.ask<{ products: { nodes: { slug: string }[] } }>(slugsText, {}, await door.signIn('operator'));
    const slugs = products.nodes.map(({ slug }) => slug);
    return async (n) => {
      const { product } = await door.ask<{ product: unknown }>(productText, { slug: slugs[n % slugs.length] });
      if (!product) throw new Error('A published product was not there.');
    };
  },
};
