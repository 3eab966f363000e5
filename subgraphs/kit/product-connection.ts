import { connectionOf, type ConnectionClasses } from './page.js';

/**
 * `ProductConnection` and `ProductEdge`, in the same words in every subgraph that lists products: given its own `Product`,
 * which is a stub everywhere but in catalog. A product that is gone leaves null behind, not an empty page.
 */
export function productConnection<T extends object>(product: abstract new (...args: never[]) => T): ConnectionClasses<T> {
  return connectionOf(product, { name: 'Product', description: 'Products in the order that the list asked for.', nullableNodes: true, shareable: true });
}
