import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchDoor } from './bench-door.js';

/** How many products there are to be, and how many collections of them. */
export interface ShopSize {
  readonly products: number;
  readonly collections: number;
}

/** Variants of each product, and rows that one call of the door takes. */
const [variantsEach, rowsMax] = [2, 250];
/** Tags by which collections choose: each is on one product of so many. */
const tagsCount = 100;
/** How often it is asked whether something is done, and how long that may take, in milliseconds. */
const [lookEveryMs, limitMs] = [500, 900_000];

const materials = ['Cotton', 'Handloom', 'Brass', 'Bamboo', 'Organic', 'Wireless', 'Clay', 'Silk', 'Jute', 'Steel'];
const things = ['Saree', 'Black Tea', 'Lamp', 'Earphones', 'Rice', 'Bowl', 'Shawl', 'Basket', 'Kettle', 'Cushion', 'Notebook', 'Mat', 'Spoon', 'Curtain', 'Tray', 'Honey', 'Mirror', 'Toy', 'Clock', 'Rug'];
const colours = ['Red', 'Blue', 'Green', 'White'];

const placesText = 'query Places { categories(first: 100) { nodes { slug } } productTypes(first: 1) { nodes { key } } products(first: 20, filter: { status: PUBLISHED }) { nodes { variants { bestOffer { vendor { id minimumOrder { minor } } } } } } }';
const startText = 'mutation Start($input: StartImportInput!) { startImport(input: $input) { __typename ... on ImportJob { id uploadPath } } }';
const runText = 'mutation Run($input: RunImportInput!) { runImport(input: $input) { __typename } }';
const lookText = 'query Look($id: ID!) { importJob(id: $id) { status doneCount failedCount problem } }';
const offersText = 'query Offers($text: String!, $after: String) { products(first: 50, after: $after, filter: { text: $text }) { pageInfo { hasNextPage endCursor } nodes { variants { offers(first: 1) { nodes { id } } } } } }';
const warehouseText = 'mutation Warehouse($input: OpenWarehouseInput!) { openWarehouse(input: $input) { __typename ... on Warehouse { id } } }';
const pricesText = 'mutation Prices($input: SetPricesInput!) { setPrices(input: $input) { __typename ... on Problem { message } } }';
const receiveText = 'mutation Receive($input: ReceiveStockInput!) { receiveStock(input: $input) { __typename ... on Problem { message } } }';
const collectionText = 'mutation Collection($input: CreateCollectionInput!) { createCollection(input: $input) { __typename } }';
const foundText = 'query Found($query: String!) { search(query: $query, first: 1, filter: { inStock: true }) { totalCount } }';

interface Places { readonly categories: { readonly nodes: readonly { readonly slug: string }[] }; readonly productTypes: { readonly nodes: readonly { readonly key: string }[] }; readonly products: { readonly nodes: readonly { readonly variants: readonly { readonly bestOffer: { readonly vendor: { readonly id: string; readonly minimumOrder: object | null } | null } | null }[] }[] } }
interface Goods { readonly word: string; readonly type: string; readonly categories: readonly string[]; readonly vendorId: string }
interface Offered { readonly products: { readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }; readonly nodes: readonly { readonly variants: readonly { readonly offers: { readonly nodes: readonly { readonly id: string }[] } }[] }[] } }
type Said = Readonly<Record<string, { readonly __typename: string; readonly id?: string; readonly message?: string }>>;

/** Fills the demonstration's shop up by the ways that merchants have: an import, prices, stock, collections. Answers when all of it is found. */
export async function fillShop(door: BenchDoor, { products, collections }: ShopSize): Promise<void> {
  const token = await door.signIn('operator');
  const { categories, productTypes, products: there } = await door.ask<Places>(placesText, {}, token);
  const vendors = there.nodes.flatMap(({ variants }) => variants).map(({ bestOffer }) => bestOffer?.vendor);
  const goods: Goods = { word: `filled${Date.now().toString(36)}`, type: productTypes.nodes[0]?.key ?? '', categories: categories.nodes.map(({ slug }) => slug), vendorId: vendors.find((vendor) => vendor?.minimumOrder === null)?.id ?? '' };
  await importAll(door, token, goods, products);
  for (let n = 0; n < collections; n += 1) await succeed(door, token, collectionText, { name: `Chosen ${goods.word} ${n}`, rule: { tags: [tagOf(n)] } });
  const offers = await allOffers(door, token, goods.word);
  const warehouseId = (await succeed(door, token, warehouseText, { name: `Shelf ${goods.word}` })).id;
  for (let start = 0; start < offers.length; start += rowsMax) await priceAndStock(door, offers.slice(start, start + rowsMax), { start, warehouseId });
  await until(async () => (await door.ask<{ search: { totalCount: number } }>(foundText, { query: goods.word })).search.totalCount >= products);
}

async function importAll(door: BenchDoor, token: string, goods: Goods, products: number): Promise<void> {
  const { startImport } = await door.ask<{ startImport: { id: string; uploadPath: string } }>(startText, { input: { format: 'CSV', vendorId: goods.vendorId } }, token);
  const rows = Array.from({ length: products }, (_, n) => Array.from({ length: variantsEach }, (__, at) => rowOf(goods, n, at))).flat();
  await door.send(startImport.uploadPath, [columns.join(), ...rows].join('\n'), 'text/csv', token);
  await door.ask(runText, { input: { importId: startImport.id } }, token);
  await until(async () => {
    const { importJob } = await door.ask<{ importJob: { status: string; failedCount: number; problem: string | null } }>(lookText, { id: startImport.id }, token);
    if (importJob.failedCount > 0 || importJob.problem) throw new Error(`The import came to ${JSON.stringify(importJob)}.`);
    return importJob.status === 'COMPLETED';
  });
}

const columns = ['externalId', 'sku', 'title', 'description', 'productType', 'categories', 'tags', 'vendorSku', 'weightGrams', 'status', 'option:Colour'];

function rowOf({ word, type, categories }: Goods, n: number, at: number): string {
  const title = `${materials[n % materials.length]} ${things[Math.floor(n / materials.length) % things.length]} ${word} ${n}`;
  const sku = `${word}-${n}-${at}`;
  return [`${word}-${n}`, sku, title, `Made by hand of ${materials[n % materials.length]?.toLowerCase()}; the ${n}th of its kind.`, type, categories[n % categories.length], tagOf(n), sku, 100 + (n % 900), 'PUBLISHED', colours[(n + at) % colours.length]].join();
}

function tagOf(n: number): string {
  return `chosen-${n % tagsCount}`;
}

async function allOffers(door: BenchDoor, token: string, word: string): Promise<string[]> {
  const offers: string[] = [];
  for (let after: string | null = null; ;) {
    const { products }: Offered = await door.ask<Offered>(offersText, { text: word, after }, token);
    offers.push(...products.nodes.flatMap(({ variants }) => variants.flatMap((variant) => variant.offers.nodes.map(({ id }) => id))));
    if (!products.pageInfo.hasNextPage) return offers;
    after = products.pageInfo.endCursor;
  }
}

async function priceAndStock(door: BenchDoor, offerIds: readonly string[], { start, warehouseId }: { readonly start: number; readonly warehouseId?: string }): Promise<void> {
  // Anew each time: all of it may take longer than a token lasts.
  const token = await door.signIn('operator');
  // Pricing and inventory hear of new offers a moment later.
  await until(() => does(door, token, pricesText, { rows: offerIds.map((offerId, n) => ({ offerId, currency: 'BDT', minor: 10_000 + ((start + n) % 500) * 1_000 })) }));
  await until(() => does(door, token, receiveText, { rows: offerIds.map((offerId) => ({ offerId, warehouseId, quantity: 1_000 })), idempotencyKey: randomUUID() }));
}

async function succeed(door: BenchDoor, token: string, text: string, input: Record<string, unknown>): Promise<{ readonly id?: string }> {
  const [said] = Object.values(await door.ask<Said>(text, { input }, token));
  if (!said || said.message !== undefined) throw new Error(`It came to ${JSON.stringify(said)}.`);
  return said;
}

function does(door: BenchDoor, token: string, text: string, input: Record<string, unknown>): Promise<boolean> {
  return door.ask<Said>(text, { input }, token).then((answer) => Object.values(answer).every(({ message }) => message === undefined));
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + limitMs;
  while (!(await isDone())) {
    if (performance.now() > endsAt) throw new Error('The shop was not filled in time.');
    await pause(lookEveryMs);
  }
}
