import type { Scenario } from '../scenario.js';

const slugsText = 'query Slugs { products(first: 50, filter: { status: PUBLISHED }) { nodes { slug } } }';
const text = `query ProductPage($slug: String!) { product(slug: $slug) { id title description images { url alt } variants { id sku title
  bestOffer { id vendor { id name } price { current { minor currency } compareAt { minor } taxIncluded } availability { available inStock } }
  offers(first: 5) { nodes { id vendor { id name } price { current { minor currency } } availability { inStock } } } } } }`;

/** The page of a product: words, and each offer with vendor, price and stock, from four subgraphs. */
export const scenario: Scenario = {
  name: 'a product with offers, price and stock',
  requests: 800,
  async prepare(door) {
    const { products } = await door.ask<{ products: { nodes: { slug: string }[] } }>(slugsText, {}, await door.signIn('operator'));
    const slugs = products.nodes.map(({ slug }) => slug);
    return async (n) => {
      const { product } = await door.ask<{ product: { variants: { bestOffer: { price: unknown } | null }[] } | null }>(text, { slug: slugs[n % slugs.length] });
      if (!product?.variants.some(({ bestOffer }) => bestOffer?.price)) throw new Error('A published product had no price.');
    };
  },
};
