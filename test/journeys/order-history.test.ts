import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { VendorOrderChanged } from '@haat/merchant-client/generated/operations';
import type { EventContract } from '@haat/schema/event';
import * as orderEvents from '@haat/schema/events/orders';
import { CancelOrder, OrderChanged } from '@haat/storefront-client/generated/operations';
import { transport, type Transport } from '@haat/transport-client/transport';
import { StreamReader, type Streamed } from '../failures/checks/stream-reader.js';
import { obtain } from '../support/act.js';
import { asGuest, orderIn, place, readyCart, type PlacedOrder } from '../support/buy.js';
import { dataOf, type Asker } from '../support/graph.js';
import { sendPart, track } from '../support/send-part.js';
import { shopOfTwo, type ShopOfTwo } from '../support/shop-of-two.js';
import { newShopper, signIn, type Person } from '../support/sign-in.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

interface Page { readonly nodes: readonly { readonly number: string }[]; readonly pageInfo: Readonly<Record<'startCursor' | 'endCursor', string | null>> & Readonly<Record<'hasNextPage' | 'hasPreviousPage', boolean>> }
interface Step { readonly kind: string; readonly by: string | null; readonly reason: string | null; readonly stateAfter: string | null; readonly happenedAt: string }

describe('orders that were placed', () => {
  let marketplace: TestMarketplace;
  let shop: ShopOfTwo;
  let shopper: Person;
  let merchant: Person;
  const orders: PlacedOrder[] = [];
  const doors: Transport[] = [];
  beforeAll(async () => {
    marketplace = await startTestMarketplace({}, { seeds: sellersToo });
    shop = await shopOfTwo(marketplace, { pieces: 20 });
    shopper = await newShopper(marketplace.door, 'acme', 'rahima');
    merchant = await signIn(marketplace.door, 'acme', 'merchant@acme.example');
    // One after the other: their order is what is looked at.
    for (let at = 0; at < 5; at += 1) orders.push(await placeOne(shopper));
  }, 120_000);
  afterAll(async () => {
    for (const door of doors) door.close();
    await marketplace?.close();
  });

  /** An order of two vendors' goods, to be paid at the door. */
  async function placeOne(asker: Asker & { readonly cartId?: string }): Promise<PlacedOrder> {
    const cart = await readyCart(marketplace.door, asker, shop.offers.map((offer) => ({ offer, quantity: 1 })));
    return place(marketplace.door, asker, cart, { payWith: 'CASH_ON_DELIVERY' });
  }

  async function pageOf(asker: Asker, args: string): Promise<Page> {
    return dataOf(await marketplace.door.ask<{ myOrders: Page }>(asker, `{ myOrders(${args}) { nodes { number } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`)).myOrders;
  }

  const numbers = ({ nodes }: Page): string[] => nodes.map(({ number }) => number);

  async function stepsOf(asker: Asker, id: string): Promise<readonly Step[]> {
    return dataOf(await marketplace.door.ask<{ order: { history: Step[] } }>(asker, 'query($id: ID!) { order(id: $id) { history { kind by reason stateAfter happenedAt } } }', { id })).order.history;
  }

  it('are found again by their buyer, newest first, page by page forwards and backwards, and by nobody else [ORD-05]', async () => {
    const newest = orders.map(({ number }) => number).reverse();
    const first = await pageOf(shopper, 'first: 2');
    const second = await pageOf(shopper, `first: 2, after: "${first.pageInfo.endCursor}"`);
    const third = await pageOf(shopper, `first: 2, after: "${second.pageInfo.endCursor}"`);
    expect([first, second, third].map(numbers)).toEqual([newest.slice(0, 2), newest.slice(2, 4), newest.slice(4)]);
    expect([first, second, third].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, true, false]);
    const back = await pageOf(shopper, `last: 2, before: "${third.pageInfo.startCursor}"`);
    expect([numbers(back), back.pageInfo.hasPreviousPage, numbers(await pageOf(shopper, 'last: 1'))]).toEqual([newest.slice(2, 4), true, newest.slice(4)]);
    const [stranger, guest] = [await newShopper(marketplace.door, 'acme', 'karim'), await asGuest(marketplace.door)];
    const own = await placeOne(guest);
    expect([numbers(await pageOf(stranger, 'first: 5')), numbers(await pageOf(guest, 'first: 5'))]).toEqual([[], [own.number]]);
    const elsewhere = await marketplace.door.ask(stranger, 'query($number: String!) { order(number: $number) { id } }', { number: newest[0] });
    expect(dataOf(elsewhere)).toEqual({ order: null });
    const ofPerson = dataOf(await marketplace.door.ask<{ user: { orders: Page } }>(shop.operator, 'query($id: ID!) { user(id: $id) { orders(first: 5) { nodes { number } } } }', { id: shopper.userId }));
    expect(numbers(ofPerson.user.orders)).toEqual(newest);
  });

  it('tell what happened to them, as whom somebody did it and why [ORD-05, ORD-04]', async () => {
    const [sent, withdrawn] = orders;
    if (!sent || !withdrawn) throw new Error('There are not two orders.');
    await obtain(marketplace.door, shopper, CancelOrder, { orderId: withdrawn.id, reason: 'Bought twice.', idempotencyKey: newId('req') }, 'Order');
    const why = { by: 'BUYER', reason: 'Bought twice.', stateAfter: 'CANCELLED' };
    const ended = await stepsOf(shopper, withdrawn.id);
    expect(ended[0]).toMatchObject({ kind: 'PLACED', by: 'BUYER', stateAfter: 'PENDING_PAYMENT' });
    expect(ended.filter(({ kind }) => kind === 'cancel')).toMatchObject([why, why]);
    for (const { id } of sent.vendorOrders) await track(marketplace.door, merchant, await sendPart(marketplace.door, merchant, id), ['PICKED_UP', 'DELIVERED']);
    await orderIn(marketplace.door, shopper, sent.id, 'DELIVERED', 20_000);
    const steps = await stepsOf(shopper, sent.id);
    expect(steps.map(({ happenedAt }) => Date.parse(happenedAt))).toEqual(steps.map(({ happenedAt }) => Date.parse(happenedAt)).sort((a, b) => a - b));
    const moved = Map.groupBy(steps.filter(({ stateAfter }) => stateAfter !== null), ({ kind, by }) => `${kind} ${by}`);
    expect(Object.fromEntries([...moved].map(([kind, of]) => [kind, of.length]))).toEqual({ 'PLACED BUYER': 1, 'confirm SYSTEM': 2, 'accept VENDOR': 2, 'ship SYSTEM': 2, 'deliver SYSTEM': 2 });
  });

  it('are said to whoever listens, each step once and in turn, live and to programs alike [ORD-08]', async () => {
    const live = (asker: Person): Transport => {
      const door = transport({ url: `${marketplace.url}/graphql`, token: () => asker.token, headers: { 'x-haat-tenant': asker.tenant } });
      doors.push(door);
      return door;
    };
    const vendorId = shop.offers[0]?.vendorId ?? '';
    const selling = live(merchant).live(VendorOrderChanged, { vendorId });
    await eventually(() => selling.cursor !== undefined);
    const order = await placeOne(shopper);
    const buying = live(shopper).live(OrderChanged, { orderId: order.id });
    const part = order.vendorOrders.find((one) => one.vendor?.id === vendorId)?.id ?? '';
    for (const { id } of order.vendorOrders) await track(marketplace.door, merchant, await sendPart(marketplace.door, merchant, id), ['PICKED_UP', 'DELIVERED']);
    await orderIn(marketplace.door, shopper, order.id, 'DELIVERED', 20_000);
    const [seenBySeller, seenByBuyer] = [new Set<string>(), new Set<string>()];
    for await (const { data } of selling) {
      if (data?.vendorOrderChanged.id === part) seenBySeller.add(data.vendorOrderChanged.status);
      if (seenBySeller.has('DELIVERED')) break;
    }
    for await (const { data } of buying) {
      if (data) seenByBuyer.add(data.orderChanged.status);
      if (seenByBuyer.has('DELIVERED')) break;
    }
    expect([[...seenBySeller].at(-1), [...seenByBuyer].at(-1)]).toEqual(['DELIVERED', 'DELIVERED']);
    await isSaid(order);
  });

  /** What lies in the stream of orders: every event by its contract, none twice, the versions of each noun in turn, and what only happens once, once. */
  async function isSaid({ id, vendorOrders }: PlacedOrder): Promise<void> {
    const reader = await StreamReader.open(marketplace.servers.nats?.url ?? '');
    try {
      const of = new Set([id, ...vendorOrders.map((part) => part.id)]);
      const said = await eventually(async () => {
        const events = ((await reader.all()).get('orders') ?? []).filter(({ event }) => of.has(event.aggregate.id));
        return events.filter(({ event }) => event.type === 'orders.order-changed').length > 8 ? events : undefined;
      });
      const contracts = new Map<string, EventContract>(Object.values(orderEvents).flatMap((one) => (typeof one === 'object' && 'key' in one ? [[`orders.${(one as EventContract).name}`, one as EventContract] as const] : [])));
      for (const { event } of said) contracts.get(event.type)?.payload.parse((event as Streamed['event'] & { payload: unknown }).payload);
      expect(new Set(said.map((one) => one.id)).size).toBe(said.length);
      for (const versions of Map.groupBy(said, ({ event }) => `${event.type} ${event.aggregate.id}`).values()) {
        const numbersOf = versions.map(({ event }) => event.aggregate.version);
        expect(numbersOf).toEqual([...new Set(numbersOf)].sort((a, b) => a - b));
      }
      const count = (type: string): number => said.filter(({ event }) => event.type === `orders.${type}`).length;
      expect([count('order-placed'), count('order-confirmed'), count('vendor-order-accepted'), count('order-cancelled'), said[0]?.event.type]).toEqual([1, 1, 2, 0, 'orders.order-placed']);
      expect(said.every(({ event }) => contracts.has(event.type) && event.tenantId !== '')).toBe(true);
    } finally {
      await reader.close();
    }
  }
});
