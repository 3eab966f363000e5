import { randomInt } from 'node:crypto';
import { fixedId, newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { CreateOffer, OpenWarehouse, ReceiveStock, SetPrices } from '@haat/merchant-client/generated/operations';
import { CreateProduct, DefineProductType, PublishProduct } from '@haat/operator-client/generated/operations';
import { obtain } from './act.js';
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
  const { door } = marketplace;
  const operator = await signIn(door, 'acme', 'operator@acme.example');
  const word = randomInt(1e12).toString(36);
  await obtain(door, operator, DefineProductType, { key: `type-${word}`, name: 'Things', attributes: [] }, 'ProductType');
  const product = await obtain(door, operator, CreateProduct, { productType: `type-${word}`, title: `Thing ${word}`, variants: [{ sku: `T-${word}` }] }, 'Product');
  await obtain(door, operator, PublishProduct, { productId: product.id }, 'Product');
  const { id: warehouseId } = await obtain(door, operator, OpenWarehouse, { name: `Shelf ${word}` }, 'Warehouse');
  const offers: BuyableOffer[] = [];
  for (const [at, slug] of vendors.entries()) {
    const vendorId = sellerId(slug);
    const { id: offerId } = await obtain(door, operator, CreateOffer, { vendorId, variantId: product.variants[0]?.id ?? '', vendorSku: `V-${word}-${at}`, isActive: true }, 'Offer');
    offers.push({ offerId, vendorId, priceMinor: 100_000 * (at + 1) });
  }
  await eventually(() => obtain(door, operator, SetPrices, { rows: offers.map(({ offerId, priceMinor }) => ({ offerId, currency: 'BDT', minor: priceMinor })) }, 'SetPricesSucceeded'));
  await eventually(() => obtain(door, operator, ReceiveStock, { rows: offers.map(({ offerId }) => ({ offerId, warehouseId, quantity: pieces })), idempotencyKey: newId('req') }, 'ReceiveStockSucceeded'));
  return { operator, offers };
}
