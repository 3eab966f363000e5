import { randomInt } from 'node:crypto';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { dataOf } from './graph.js';
import { mutate, type Outcome } from './mutate.js';
import { sellerId, sellers, type BuyableOffer } from './shop-of-two.js';
import { signIn, type Person } from './sign-in.js';
import type { TestMarketplace } from './test-marketplace.js';

/** A marketplace with enough on sale for the longest page there is. */
export interface ShopOfMany {
  readonly operator: Person;
  /** A word of every title. */
  readonly word: string;
  /** The category of everything. */
  readonly category: string;
  /** One offer of each of a hundred products, of three vendors in turn. */
  readonly offers: readonly BuyableOffer[];
  /** Slugs of products by how many variants they have, each on sale. */
  readonly withVariants: ReadonlyMap<number, string>;
}

const productsCount = 100;
const atOnce = 8;
const priceMinor = 100_000;
const pieces = 1_000;
/** Everything that was said of so many goods is heard by then, on a machine that is busy with something else, in milliseconds. */
const heardWithinMs = 60_000;

type Act = (field: string, input: Record<string, unknown>, select?: string) => Promise<Outcome>;
interface Made { readonly slug: string; readonly offers: readonly BuyableOffer[] }
interface Goods { readonly word: string; readonly type: string; readonly categoryId: string }

/** Puts a hundred products of one variant on sale at acme, and one product with each of the given numbers of variants. Answers when search, carts and stock know them. */
export async function shopOfMany({ door }: Pick<TestMarketplace, 'door'>, variants: readonly number[]): Promise<ShopOfMany> {
  const operator = await signIn(door, 'acme', 'operator@acme.example');
  const act: Act = (field, input, select = '') => mutate(door, operator, field, input, `${select} ... on Problem { message }`);
  const word = `many${randomInt(1e9).toString(36)}`;
  const type = `type-${word}`;
  await act('defineProductType', { key: type, name: 'Things', attributes: [] });
  const category = await act('createCategory', { name: `Things ${word}`, slug: word }, '... on Category { id slug }');
  const goods = { word, type, categoryId: String(category['id']) };
  const single = await sideBySide(Array.from({ length: productsCount }, (_, n) => n), (n) => onSale(act, goods, n, 1));
  const several = await sideBySide(variants, (count) => onSale(act, goods, productsCount + count, count));
  const all = [...single, ...several].flatMap(({ offers }) => offers);
  await priceAndStock(act, word, all);
  await eventually(() => isAllFound(door, operator, word, productsCount + variants.length), heardWithinMs);
  return { operator, word, category: String(category['slug']), offers: single.flatMap(({ offers }) => offers), withVariants: new Map(variants.map((count, at) => [count, several[at]?.slug ?? ''])) };
}

/** A published product whose variants are offered by the sellers in turn. */
async function onSale(act: Act, { word, type, categoryId }: Goods, n: number, count: number): Promise<Made> {
  const values = Array.from({ length: count }, (_, at) => `No. ${at + 1}`);
  const shape = count === 1 ? {} : { options: [{ name: 'Number', values }] };
  const variants = values.map((value, at) => ({ sku: `${word}-${n}-${at}`, ...(count === 1 ? {} : { values: [value] }) }));
  const product = await act('createProduct', { productType: type, title: `Thing ${word} ${n}`, categoryIds: [categoryId], ...shape, variants }, '... on Product { id slug variants { id } }') as unknown as { id: string; slug: string; variants: { id: string }[] };
  await act('publishProduct', { productId: product.id });
  const offers = await sideBySide([...product.variants.entries()], async ([at, { id: variantId }]) => {
    const vendorId = sellerId(sellers[(n + at) % sellers.length] ?? '');
    const made = await act('createOffer', { vendorId, variantId, vendorSku: `${word}-${n}-${at}`, weightGrams: 100, isActive: true }, '... on Offer { id }');
    return { offerId: String(made['id']), vendorId, priceMinor };
  });
  return { slug: product.slug, offers };
}

/** Prices and pieces for offers, in calls of as many as one takes. Those who keep them hear of an offer a moment after it is made. */
async function priceAndStock(act: Act, word: string, offers: readonly BuyableOffer[]): Promise<void> {
  const rowsMax = 250;
  const { id: warehouseId } = await act('openWarehouse', { name: `Shelf ${word}` }, '... on Warehouse { id }');
  for (let start = 0; start < offers.length; start += rowsMax) {
    const some = offers.slice(start, start + rowsMax);
    const prices = { rows: some.map(({ offerId }) => ({ offerId, currency: 'BDT', minor: priceMinor })) };
    await eventually(async () => (await act('setPrices', prices)).__typename === 'SetPricesSucceeded' || undefined, heardWithinMs);
    const rows = some.map(({ offerId }) => ({ offerId, warehouseId, quantity: pieces }));
    // Each try is another wish: what one was answered, it is answered again.
    await eventually(async () => (await act('receiveStock', { rows, idempotencyKey: newId('req') })).__typename === 'ReceiveStockSucceeded' || undefined, heardWithinMs);
  }
}

interface Found { readonly search: { readonly totalCount: number; readonly nodes: readonly { readonly inStock: boolean; readonly priceRange: object | null }[] } }

async function isAllFound(door: TestMarketplace['door'], operator: Person, word: string, count: number): Promise<true | undefined> {
  const { search } = dataOf(await door.ask<Found>(operator, 'query AllFound($query: String!) { search(query: $query, first: 100) { totalCount nodes { inStock priceRange { min { minor } } } } }', { query: word }));
  return search.totalCount === count && search.nodes.every(({ inStock, priceRange }) => inStock && priceRange !== null) ? true : undefined;
}

async function sideBySide<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let start = 0; start < items.length; start += atOnce) done.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  return done;
}
