import { randomInt } from 'node:crypto';
import { fixedId, newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { mutate } from './mutate.js';
import { signIn, type Person } from './sign-in.js';
import type { TestMarketplace } from './test-marketplace.js';

/** An offer that can be bought. */
export interface BuyableOffer {
  readonly offerId: string;
  readonly vendorId: string;
  /** Minor units. */
  readonly priceMinor: number;
}

/** Goods of vendors of acme's seed, with prices and stock. */
export interface ShopOfTwo {
  readonly operator: Person;
  readonly offers: readonly BuyableOffer[];
}

/** Vendors of acme's seed that sell at once; the first two are those of its merchant. */
export const sellers = ['padma-crafts', 'gulshan-store', 'sylhet-tea-house'];

/** A vendor of acme's seed. */
export function sellerId(slug: string): string {
  return fixedId('ven', `acme:${slug}`);
}

/** Puts a product with one offer of each vendor on sale at acme, with so many pieces each. Answers when carts and stock know them. */
export async function shopOfTwo(marketplace: Pick<TestMarketplace, 'door'>, { pieces = 1_000, vendors = sellers.slice(0, 2) }: { readonly pieces?: number; readonly vendors?: readonly string[] } = {}): Promise<ShopOfTwo> {
  const operator = await signIn(marketplace.door, 'acme', 'operator@acme.example');
  const act = (field: string, input: Record<string, unknown>, select = '') => mutate(marketplace.door, operator, field, input, `${select} ... on Problem { message }`);
  const word = randomInt(1e12).toString(36);
  await act('defineProductType', { key: `type-${word}`, name: 'Things', attributes: [] });
  const product = await act('createProduct', { productType: `type-${word}`, title: `Thing ${word}`, variants: [{ sku: `T-${word}` }] }, '... on Product { id variants { id } }') as unknown as { id: string; variants: [{ id: string }] };
  await act('publishProduct', { productId: product.id });
  const { id: warehouseId } = await act('openWarehouse', { name: `Shelf ${word}` }, '... on Warehouse { id }');
  const offers: BuyableOffer[] = [];
  for (const [at, slug] of vendors.entries()) {
    const vendorId = sellerId(slug);
    const made = await act('createOffer', { vendorId, variantId: product.variants[0].id, vendorSku: `V-${word}-${at}`, isActive: true }, '... on Offer { id }');
    offers.push({ offerId: String(made['id']), vendorId, priceMinor: 100_000 * (at + 1) });
  }
  const priced = await eventually(async () => {
    const answer = await act('setPrices', { rows: offers.map(({ offerId, priceMinor }) => ({ offerId, currency: 'BDT', minor: priceMinor })) });
    return answer.__typename === 'SetPricesSucceeded' || undefined;
  });
  if (!priced) throw new Error('Prices could not be set.');
  await eventually(async () => {
    const answer = await act('receiveStock', { rows: offers.map(({ offerId }) => ({ offerId, warehouseId, quantity: pieces })), idempotencyKey: newId('req') });
    return answer.__typename === 'ReceiveStockSucceeded' || undefined;
  });
  return { operator, offers };
}
