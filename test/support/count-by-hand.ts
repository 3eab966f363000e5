import { dataOf, type Door } from './graph.js';
import type { Person } from './sign-in.js';

/** How many products have each value of a facet, by `<facet> <value>`, and how many products there are. */
export interface CountedByHand {
  readonly total: number;
  readonly counts: ReadonlyMap<string, number>;
}

interface OfferSeen { readonly status: string; readonly vendor: { readonly id: string; readonly status: string } | null; readonly price: { readonly current: { readonly minor: number } } | null; readonly availability: { readonly inStock: boolean } | null }
interface ProductSeen {
  readonly tags: readonly string[];
  readonly type: { readonly key: string };
  readonly categories: readonly { readonly id: string; readonly ancestors: readonly { readonly id: string }[] }[];
  readonly variants: readonly { readonly offers: { readonly nodes: readonly OfferSeen[] } | null }[];
}
interface Seen { readonly products: { readonly nodes: readonly (ProductSeen | null)[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } } }

const text = `query Seen($after: String) { products(first: 20, after: $after, filter: { status: PUBLISHED }) { pageInfo { hasNextPage endCursor } nodes {
  tags type { key } categories { id ancestors { id } } variants { offers(first: 5) { nodes { status vendor { id status } price { current { minor } } availability { inStock } } } } } } }`;

/** Counts the published products of a marketplace one by one, as its operator sees them in catalog, vendors, pricing and inventory: search is not asked. */
export async function countByHand(door: Door, operator: Person): Promise<CountedByHand> {
  const counts = new Map<string, number>();
  let total = 0;
  for (let after: string | null = null; ;) {
    const { products }: Seen = dataOf(await door.ask<Seen>(operator, text, { after }));
    for (const product of products.nodes.filter((one) => one !== null)) {
      const entries = entriesOf(product);
      if (entries === undefined) continue;
      total += 1;
      for (const entry of entries) counts.set(entry, (counts.get(entry) ?? 0) + 1);
    }
    if (!products.pageInfo.hasNextPage) return { total, counts };
    after = products.pageInfo.endCursor;
  }
}

/** Each value a product has, once; undefined for one that nobody may sell. */
function entriesOf({ tags, type, categories, variants }: ProductSeen): Set<string> | undefined {
  const active = variants.flatMap(({ offers }) => offers?.nodes ?? []).filter(({ status }) => status === 'ACTIVE');
  const selling = active.filter(({ vendor }) => vendor?.status === 'APPROVED');
  if (active.length > 0 && selling.length === 0) return undefined;
  return new Set([
    ...tags.map((tag) => `tag ${tag}`), `type ${type.key}`, ...categories.flatMap(({ id, ancestors }) => [id, ...ancestors.map((one) => one.id)]).map((id) => `category ${id}`),
    ...selling.map(({ vendor }) => `vendor ${vendor?.id}`), `inStock ${selling.some(({ price, availability }) => price !== null && availability?.inStock === true)}`,
  ]);
}
