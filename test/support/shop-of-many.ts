import { randomInt } from 'node:crypto';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { dataOf, type Door } from './graph.js';
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
const priceMinor = 100_000;
const pieces = 1_000;
/** Everything that was said of so many goods is heard by then, on a machine that is busy with something else, in milliseconds. */
const heardWithinMs = 60_000;

type Act = (field: string, input: Record<string, unknown>, select?: string) => Promise<Outcome>;
interface Goods { readonly word: string; readonly type: string }
interface Made { readonly slug: string; readonly variants: readonly { readonly offers: { readonly nodes: readonly { readonly id: string; readonly vendorId: string }[] } }[] }
interface AllMade { readonly products: { readonly nodes: readonly Made[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } } }

/** Imports a hundred published products of one variant to acme, of three vendors in turn, and one product with each of the given numbers of variants; then prices and stocks them. The first goods of their marketplace. Answers when search, carts and stock know them. */
export async function shopOfMany(marketplace: Pick<TestMarketplace, 'door' | 'query'>, variants: readonly number[]): Promise<ShopOfMany> {
  const { door } = marketplace;
  const operator = await signIn(door, 'acme', 'operator@acme.example');
  const act: Act = (field, input, select = '') => mutate(door, operator, field, input, `${select} ... on Problem { message }`);
  const word = `many${randomInt(1e9).toString(36)}`;
  const type = `type-${word}`;
  await act('defineProductType', { key: type, name: 'Things', attributes: [] });
  await act('createCategory', { name: `Things ${word}`, slug: word });
  const single = sellers.map((_, seller) => Array.from({ length: productsCount }, (__, n) => n).filter((n) => n % sellers.length === seller).map((n) => rowOf({ word, type }, `${n}`, 0)));
  const several = variants.flatMap((count) => Array.from({ length: count }, (_, at) => rowOf({ word, type }, `of-${count}`, at)));
  for (const [seller, rows] of [...single.entries(), [0, several] as const]) await imported(door, operator, sellers[seller] ?? '', rows);
  const made = await allMade(door, operator, word);
  const offers = made.flatMap(({ slug, variants: all }) => all.flatMap((variant) => variant.offers.nodes.map(({ id, vendorId }) => ({ slug, ofHowMany: all.length, offer: { offerId: id, vendorId, priceMinor } }))));
  for (const owner of ['pricing', 'inventory', 'carts']) await heard(marketplace, `${owner}.offer_fact`, offers.length);
  await priceAndStock(act, word, offers.map(({ offer }) => offer));
  await heard(marketplace, 'search.document where is_listed and is_in_stock and price_min is not null', made.length);
  return { operator, word, category: word, offers: mixed(offers.filter(({ ofHowMany }) => ofHowMany === 1).map(({ offer }) => offer)), withVariants: new Map(variants.map((count) => [count, made.find((product) => product.variants.length === count)?.slug ?? ''])) };
}

const columns = ['externalId', 'sku', 'title', 'productType', 'categories', 'vendorSku', 'weightGrams', 'status', 'option:Number'];

/** One variant of a product, which rows of the same number make. */
function rowOf({ word, type }: Goods, product: string, at: number): string {
  return [`${word}-${product}`, `${word}-${product}-${at}`, `Thing ${word} ${product}`, type, word, `${word}-${product}-${at}`, 100, 'PUBLISHED', `No. ${at + 1}`].join();
}

async function imported(door: Door, operator: Person, seller: string, rows: readonly string[]): Promise<void> {
  const job = await mutate(door, operator, 'startImport', { format: 'CSV', vendorId: sellerId(seller) }, '... on ImportJob { id uploadPath }');
  const headers = { 'content-type': 'text/csv', host: 'acme.localhost', authorization: `Bearer ${operator.token}` };
  const sent = await door.fetch(String(job['uploadPath']), { method: 'POST', headers, body: [columns.join(), ...rows].join('\n') });
  if (sent.status >= 300) throw new Error(`The upload came to ${sent.status} ${sent.text}`);
  await mutate(door, operator, 'runImport', { importId: job['id'] });
  await eventually(async () => {
    const { importJob } = dataOf(await door.ask<{ importJob: { status: string; failedCount: number; problem: string | null } }>(operator, 'query Job($id: ID!) { importJob(id: $id) { status failedCount problem } }', { id: job['id'] }));
    if (importJob.status !== 'COMPLETED' || importJob.failedCount > 0) throw new Error(JSON.stringify(importJob));
    return true;
  }, heardWithinMs);
}

async function allMade(door: Door, operator: Person, word: string): Promise<Made[]> {
  const text = 'query AllMade($text: String!, $after: String) { products(first: 50, after: $after, filter: { text: $text }) { pageInfo { hasNextPage endCursor } nodes { slug variants { offers(first: 1) { nodes { id vendorId } } } } } }';
  const made: Made[] = [];
  for (let after: string | null = null; ;) {
    const { products }: AllMade = dataOf(await door.ask<AllMade>(operator, text, { text: word, after }));
    made.push(...products.nodes);
    if (!products.pageInfo.hasNextPage) return made;
    after = products.pageInfo.endCursor;
  }
}

/** So that the first few are of as many vendors as all of them. */
function mixed(offers: readonly BuyableOffer[]): BuyableOffer[] {
  const byVendor = sellers.map((slug) => offers.filter(({ vendorId }) => vendorId === sellerId(slug)));
  return offers.flatMap((_, n) => byVendor.flatMap((own) => own.slice(n, n + 1)));
}

/** Prices and pieces for offers, in calls of as many as one takes. */
async function priceAndStock(act: Act, word: string, offers: readonly BuyableOffer[]): Promise<void> {
  const rowsMax = 250;
  const { id: warehouseId } = await act('openWarehouse', { name: `Shelf ${word}` }, '... on Warehouse { id }');
  for (let start = 0; start < offers.length; start += rowsMax) {
    const some = offers.slice(start, start + rowsMax);
    const prices = await act('setPrices', { rows: some.map(({ offerId }) => ({ offerId, currency: 'BDT', minor: priceMinor })) });
    const stock = await act('receiveStock', { rows: some.map(({ offerId }) => ({ offerId, warehouseId, quantity: pieces })), idempotencyKey: newId('req') });
    if (prices.__typename !== 'SetPricesSucceeded' || stock.__typename !== 'ReceiveStockSucceeded') throw new Error(`Prices and pieces came to ${JSON.stringify([prices, stock])}`);
  }
}

/** Waits until so many rows are there. Looked at past the door: asking for all of it again and again would keep those busy who hear of it. */
function heard({ query }: Pick<TestMarketplace, 'query'>, rows: string, count: number): Promise<true> {
  return eventually(async () => {
    const [found] = await query<{ n: number }>(`select count(*)::int as n from ${rows}`);
    if (found?.n !== count) throw new Error(`Of ${rows} there are ${found?.n}, not ${count}.`);
    return true as const;
  }, heardWithinMs);
}
