import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import type { DataOf, TypedOperation, VariablesOf } from '@haat/schema/clients/typed-operation';
import { AddCartLines, CartPage, FillCart, OpenCart, PlaceOrder, SetCartAddress } from '@haat/storefront-client/generated/operations';
import { act, obtain } from '../support/act.js';
import { checkoutOf, dhaka } from '../support/buy.js';
import { codeOf, dataOf, type Asker, type Door } from '../support/graph.js';
import { runOperation, tryOperation } from '../support/run-operation.js';
import { someAddress } from '../support/sign-in.js';
import { sellers, shopOfTwo, type BuyableOffer } from '../support/shop-of-two.js';
import type { TestMarketplace } from '../support/test-marketplace.js';
import type { TwoGateways } from './two-gateways.js';

/** Buyers that ask at the same moment. */
const sideBySide = 64;

/** Buyers of the pieces of three vendors, for a fifth of whom there are some: the suite has few, `HAAT_CROWD=500` the whole crowd. */
const crowd = Number(process.env['HAAT_CROWD'] ?? 60);

/** How long a buyer goes on asking, and how soon again, in milliseconds: who does not wait as told is in everybody's way. */
const [patienceMs, comeAgainMs] = [180_000, 1_000];

interface Outcome { readonly __typename: string; readonly id?: string; readonly lines?: readonly { readonly requested: number; readonly available: number }[] }
interface Buyer { readonly door: Door; readonly asker: Asker; readonly cartId: string; readonly total: { readonly minor: number; readonly currency: string } }

/** What a client is told to ask again for, under the same key. */
const again = new Set<unknown>(['CONFLICT_IN_PROGRESS', 'DEADLINE_EXCEEDED', 'SUBGRAPH_UNAVAILABLE']);

/** Who is told to come again. */
class ToldToComeAgain extends Error {}

/** What is answered. Throws {@link ToldToComeAgain} where it is to be asked for again, and what goes wrong otherwise. */
async function answered<O extends TypedOperation<unknown, never>>(door: Door, asker: Asker, operation: O, variables: VariablesOf<O>): Promise<DataOf<O>> {
  const answer = await tryOperation(door, asker, operation, variables);
  if (again.has(codeOf(answer))) throw new ToldToComeAgain(answer.text);
  return dataOf(answer);
}

/** Each does its work, so many at a time. */
async function together<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < all.length; at = next++) results[at] = await work(all[at] as T);
  };
  await Promise.all(Array.from({ length: Math.min(sideBySide, all.length) }, worker));
  return results;
}

/** Somebody without an account, with a cart that can be ordered. Who was not answered begins anew with another cart: what was asked for may have been done. */
function buyerOf(door: Door, offers: readonly BuyableOffer[], ways: ReadonlyMap<string, string>): Promise<Omit<Buyer, 'total'>> {
  return eventually(() => filledCart(door, offers, ways), patienceMs, comeAgainMs);
}

/** Three requests. */
async function filledCart(door: Door, offers: readonly BuyableOffer[], ways: ReadonlyMap<string, string>): Promise<Omit<Buyer, 'total'>> {
  const from = someAddress();
  const { openCart: opened } = await answered(door, { tenant: 'acme', headers: from }, OpenCart, { input: {} });
  if (opened.__typename !== 'OpenCartSucceeded') throw new Error(JSON.stringify(opened));
  const { cart: { id: cartId }, secret } = opened;
  const asker: Asker = { tenant: 'acme', headers: { ...from, 'x-haat-cart': secret ?? '' } };
  const filled = await answered(door, asker, FillCart, {
    lines: { cartId, lines: offers.map(({ offerId }) => ({ offerId, quantity: 1 })) }, contact: { cartId, email: `${cartId}@buyers.example`, name: 'A buyer' }, address: { cartId, shipping: dhaka },
  });
  // A page chooses vendor by vendor. Here all are chosen at once, and nothing is read: so many buyers would wait for it.
  const choosing = `mutation(${offers.map((_, at) => `$w${at}: ChooseShippingInput!`).join(', ')}) { ${offers.map((_, at) => `w${at}: chooseShipping(input: $w${at}) { __typename }`).join(' ')} }`;
  const chosen = await door.ask<Record<string, { __typename: string }>>(asker, choosing, Object.fromEntries(offers.map(({ vendorId }, at) => [`w${at}`, { cartId, vendorId, shippingMethodId: ways.get(vendorId) }])));
  if (again.has(codeOf(chosen))) throw new ToldToComeAgain(chosen.text);
  for (const { __typename } of [...Object.values(filled), ...Object.values(dataOf(chosen))]) expect(__typename).toBe('Cart');
  return { door, asker, cartId };
}

/** Ready buyers of the same goods, by turns at each of the doors, their lines in an order of their own. */
async function buyers(count: number, offers: readonly BuyableOffer[], doors: readonly Door[]): Promise<Buyer[]> {
  const first = doors[0];
  if (!first) throw new Error('There is no door.');
  const ways = new Map<string, string>();
  // The first one looks what delivery costs; everybody's is the same.
  const probe = await eventually(async () => waysOf(first, offers), 20_000);
  for (const [vendorId, way] of probe.ways) ways.set(vendorId, way);
  const ready = await together(Array.from({ length: count }, (_, at) => at), (at) => buyerOf(doors[at % doors.length] ?? first, shuffled(offers), ways));
  const [sample] = ready;
  const { cart } = await runOperation(first, sample?.asker ?? { tenant: 'acme' }, CartPage, { id: sample?.cartId ?? '' });
  if (!cart?.totals) throw new Error('A cart has no totals.');
  const { minor, currency } = cart.totals.total;
  return ready.map((buyer) => ({ ...buyer, total: { minor, currency } }));
}

/** The ways to send each vendor's goods, as somebody sees who put them all into a cart; undefined until everybody knows the goods. */
async function waysOf(door: Door, offers: readonly BuyableOffer[]): Promise<{ ways: [string, string][] } | undefined> {
  const opened = await obtain(door, { tenant: 'acme' }, OpenCart, {}, 'OpenCartSucceeded');
  const asker = { tenant: 'acme', headers: { 'x-haat-cart': opened.secret ?? '' } };
  const cartId = opened.cart.id;
  const added = await act(door, asker, AddCartLines, { cartId, lines: offers.map(({ offerId }) => ({ offerId, quantity: 1 })) });
  if (added.__typename !== 'Cart') return undefined;
  await obtain(door, asker, SetCartAddress, { cartId, shipping: dhaka }, 'Cart');
  const cart = await checkoutOf(door, asker, cartId);
  const ways = cart.groups.flatMap(({ vendorId, shippingOptions }): [string, string][] => {
    const option = shippingOptions?.find(({ method }) => method.allowsCashOnDelivery);
    return option ? [[vendorId, option.method.id]] : [];
  });
  return ways.length === offers.length && cart.totals ? { ways } : undefined;
}

function shuffled<T>(all: readonly T[]): T[] {
  const rest = [...all];
  return all.map(() => rest.splice(randomInt(rest.length), 1)[0] as T);
}

/** Everybody orders; whoever is told to come again does, under the same key. What goes wrong otherwise is an outcome as well. */
function order(all: readonly Buyer[]): Promise<Outcome[]> {
  return together(all, ({ door, asker, cartId, total }) => {
    const input = { cartId, expectedTotal: total, payWith: 'CASH_ON_DELIVERY', idempotencyKey: newId('req') } as const;
    const placed = (): Promise<Outcome> => answered(door, asker, PlaceOrder, { input }).then((data) => data.placeOrder, (error: unknown) => {
      if (error instanceof ToldToComeAgain) throw error;
      return { __typename: String(error) };
    });
    return eventually(placed, patienceMs, comeAgainMs);
  });
}

const kinds = (outcomes: readonly Outcome[]): Record<string, number> => Object.fromEntries([...Map.groupBy(outcomes, ({ __typename }) => __typename)].map(([kind, of]) => [kind, of.length]));

/** Shelves, holds, movements, orders and payments, read past the product. */
async function expectBooksToAgree({ query }: TestMarketplace, offers: readonly BuyableOffer[], outcomes: readonly Outcome[], pieces: number): Promise<void> {
  const orderIds = outcomes.flatMap(({ id }) => id ?? []);
  await eventually(async () => {
    const [waiting] = await query<{ n: number }>(`select count(*)::int as n from orders.vendor_order where order_id = any($1) and status <> 'CONFIRMED'`, [orderIds]);
    const [held] = await query<{ n: number }>(`select coalesce(sum(reserved), 0)::int as n from inventory.stock_level where offer_id = any($1)`, [offers.map(({ offerId }) => offerId)]);
    if (waiting?.n !== 0 || held?.n !== 0) throw new Error(`${waiting?.n} parts wait to be confirmed, and ${held?.n} pieces are held`);
    return true;
  }, 120_000, comeAgainMs);
  for (const { offerId } of offers) {
    const [level] = await query('select on_hand, allocated, reserved, available from inventory.stock_level where offer_id = $1', [offerId]);
    expect(level).toEqual({ on_hand: pieces, allocated: orderIds.length, reserved: 0, available: pieces - orderIds.length });
    const [held] = await query<{ n: number }>(`select coalesce(sum(l.quantity), 0)::int as n from inventory.reservation_line l join inventory.reservation r on r.tenant_id = l.tenant_id and r.id = l.reservation_id where l.offer_id = $1 and r.state = 'COMMITTED' and l.given_back = 0`, [offerId]);
    const [ordered] = await query<{ n: number }>('select coalesce(sum(quantity), 0)::int as n from orders.order_line where offer_id = $1', [offerId]);
    const [moved] = await query<{ n: number }>(`select coalesce(sum(quantity), 0)::int as n from inventory.stock_movement where offer_id = $1 and kind = 'ALLOCATED'`, [offerId]);
    expect([held?.n, ordered?.n, Math.abs(moved?.n ?? 0)]).toEqual([orderIds.length, orderIds.length, orderIds.length]);
  }
  const [paid] = await query<{ n: number; minor: string }>(`select count(*)::int as n, coalesce(sum(amount_minor), 0) as minor from payments.payment where order_id = any($1)`, [orderIds]);
  const [owed] = await query<{ minor: string }>(`select coalesce(sum((totals ->> 'totalMinor')::bigint), 0) as minor from orders.placed_order where id = any($1)`, [orderIds]);
  expect([paid?.n, Number(paid?.minor)]).toEqual([orderIds.length, Number(owed?.minor)]);
}

/** That no piece is sold twice, however many ask for it at once and wherever. */
export function lastPieces(world: () => TwoGateways): void {
  describe('the last pieces', () => {
    it('go to ten of 64 buyers at once at one gateway; the others hear what is left [INV-03, ORD-07]', async () => {
      const { marketplace } = world();
      const { offers } = await shopOfTwo(marketplace, { pieces: 10, vendors: sellers.slice(0, 1) });
      const outcomes = await order(await buyers(64, offers, [marketplace.door]));
      expect(kinds(outcomes)).toEqual({ Order: 10, OutOfStock: 54 });
      for (const { lines } of outcomes) for (const { requested, available } of lines ?? []) expect([requested, available]).toEqual([1, 0]);
      await expectBooksToAgree(marketplace, offers, outcomes, 10);
    }, 180_000);

    it('go to ten of 64 at two gateways in processes of their own', async () => {
      const { marketplace, apart } = world();
      const { offers } = await shopOfTwo(marketplace, { pieces: 10, vendors: sellers.slice(0, 1) });
      const outcomes = await order(await buyers(64, offers, [marketplace.door, apart.door]));
      expect(kinds(outcomes)).toEqual({ Order: 10, OutOfStock: 54 });
      await expectBooksToAgree(marketplace, offers, outcomes, 10);
    }, 240_000);

    it('of three vendors, in carts of any order, go to as many as there are, and no deadlock reaches a buyer [INV-03, ORD-07]', async () => {
      const { marketplace, apart } = world();
      const { offers } = await shopOfTwo(marketplace, { pieces: crowd / 5, vendors: sellers });
      const outcomes = await order(await buyers(crowd, offers, [marketplace.door, apart.door]));
      expect(kinds(outcomes)).toEqual({ Order: crowd / 5, OutOfStock: crowd - crowd / 5 });
      await expectBooksToAgree(marketplace, offers, outcomes, crowd / 5);
    }, 400_000);
  });
}
