import { askDoor, type Caller } from './door.js';

/** An offer of the demonstration, with what its price is made from. */
export interface OfferForSale {
  readonly id: string;
  readonly vendorId: string;
  readonly product: string;
  readonly category: string;
  readonly variant: number;
}

interface ProductPage {
  readonly products: {
    readonly nodes: readonly {
      readonly slug: string;
      readonly categories: readonly ({ readonly slug: string } | null)[];
      readonly variants: readonly { readonly offers: { readonly nodes: readonly { readonly id: string; readonly vendor: { readonly id: string } | null }[] } | null }[];
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
}

/** Products of one page, and offers of one variant that are looked at. */
const pageSize = 20;
const offersMax = 3;

const query = `query GoodsForSale($first: Int, $after: String) {
  products(first: $first, after: $after) {
    nodes { slug categories { slug } variants { offers(first: ${offersMax}) { nodes { id vendor { id } } } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Every offer of a marketplace, as its operator sees them. */
export async function goodsForSale(operator: Caller): Promise<OfferForSale[]> {
  const found: OfferForSale[] = [];
  let after: string | null = null;
  do {
    const { products }: ProductPage = await askDoor<ProductPage>(operator, query, { first: pageSize, after });
    if (!products) throw new Error(`The goods of ${operator.tenant} could not be read.`);
    for (const product of products.nodes) found.push(...offersOf(product));
    after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null;
  } while (after);
  return found;
}

function offersOf({ slug, categories, variants }: NonNullable<ProductPage['products']>['nodes'][number]): OfferForSale[] {
  const category = categories[0]?.slug ?? '';
  return variants.flatMap(({ offers }, variant) => (offers?.nodes ?? []).map(({ id, vendor }) => ({ id, vendorId: vendor?.id ?? '', product: slug, category, variant })));
}
