import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Login } from '../seed.js';
import { askDoor, signedIn, type Caller } from './door.js';
import { goodsForSale, type OfferForSale } from './goods-for-sale.js';
import { piecesOf, priceOf } from './price-of.js';

/** Subgraphs without which there is nothing to price or to put on a shelf. */
export const shopNeeds = ['identity', 'catalog', 'vendors', 'pricing', 'inventory'] as const;

/** Rows that one mutation takes. */
const rowsMax = 250;
/** Prices and stock must have heard of the offers first: how long the seed waits for that, and how often it looks. */
const hearingMsMax = 300_000;
const lookMs = 250;

/** The currency of each marketplace of the demonstration. */
const currencies: Readonly<Record<string, string>> = { acme: 'BDT', nordic: 'EUR' };

/**
 * Puts prices on the goods of both marketplaces and pieces on their shelves, through the public door as their operators
 * would: what nobody can do there, the demonstration cannot have either.
 */
export async function seedShop(url: string, logins: readonly Login[]): Promise<void> {
  const operators = logins.filter(({ role, tenant }) => role === 'OPERATOR' && tenant in currencies);
  await Promise.all(operators.map(async (login) => {
    const operator = await signedIn(url, login.tenant, login);
    const goods = await goodsForSale(operator);
    await setPrices(operator, goods);
    await receiveStock(operator, goods);
  }));
}

async function setPrices(operator: Caller, goods: readonly OfferForSale[]): Promise<void> {
  const currency = currencies[operator.tenant];
  const rows = goods.map((offer) => ({ offerId: offer.id, currency, minor: priceOf({ market: operator.tenant, vendor: offer.vendorId, ...offer }) }));
  await inBatches(rows, (batch) => untilHeard(operator, 'setPrices', batch));
}

async function receiveStock(operator: Caller, goods: readonly OfferForSale[]): Promise<void> {
  const warehouseIds = await warehousesOf(operator, goods[0]?.vendorId ?? '');
  const rows = goods.flatMap(({ id }) => warehouseIds.map((warehouseId) => ({ offerId: id, warehouseId, quantity: piecesOf(id, warehouseId) }))).filter(({ quantity }) => quantity > 0);
  await inBatches(rows, (batch) => untilHeard(operator, 'receiveStock', batch));
}

async function warehousesOf(operator: Caller, vendorId: string): Promise<string[]> {
  const query = 'query Warehouses($vendorId: ID!) { warehouses(vendorId: $vendorId, first: 20) { nodes { id } } }';
  const { warehouses } = await askDoor<{ warehouses: { nodes: readonly { id: string }[] } | null }>(operator, query, { vendorId });
  return (warehouses?.nodes ?? []).map(({ id }) => id);
}

/** Tries a mutation until the offers it names are known on the other side, each try by a key of its own, since a problem is an answer too. */
async function untilHeard(operator: Caller, field: string, rows: readonly unknown[]): Promise<void> {
  const name = `${field[0]?.toUpperCase()}${field.slice(1)}`;
  const query = `mutation ${name}($input: ${name}Input!) { ${field}(input: $input) { __typename ... on Problem { message } } }`;
  for (const until = Date.now() + hearingMsMax; ; await pause(lookMs)) {
    const { [field]: outcome } = await askDoor<Record<string, { message?: string }>>(operator, query, { input: { rows, idempotencyKey: randomUUID() } });
    if (outcome?.message === undefined) return;
    if (Date.now() > until) throw new Error(`The seed of ${operator.tenant} was refused by ${field}: ${outcome.message}`);
  }
}

async function inBatches<T>(rows: readonly T[], work: (batch: readonly T[]) => Promise<void>): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsMax) await work(rows.slice(at, at + rowsMax));
}
