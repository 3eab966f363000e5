import type { AskContract } from '@haat/schema/ask';
import { cartFreeze, cartRead, cartThaw, type FrozenCart } from '@haat/schema/asks/carts';
import { catalogDescribe } from '@haat/schema/asks/catalog';
import { inventoryCount, inventoryExtend, inventoryRelease, inventoryReserve } from '@haat/schema/asks/inventory';
import { paymentCheck, paymentOpen } from '@haat/schema/asks/payments';
import { pricingQuote, pricingRedeem, pricingUnredeem } from '@haat/schema/asks/pricing';
import { shippingQuote } from '@haat/schema/asks/shipping';
import { commissionQuote, vendorDescribe } from '@haat/schema/asks/vendors';
import type { AnswerAsk, AskEnvelope } from '@haat/kit/ask';
import { newId } from '@haat/kit/id';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { startTestSubgraph, type TestSubgraph } from '@haat/kit-run/testing/test-subgraph';
import { orders } from '../subgraph.js';

/** What a mutation came to. */
export interface Outcome extends Record<string, unknown> {
  readonly __typename: string;
}

/** What one piece of everything costs in these tests, and its delivery, in minor units; nothing is taxed. */
export const pieceMinor = 1_000;
export const deliveryMinor = 500;

const selection = `__typename ... on Order { id number status totals { total { minor } } lines { id quantity } vendorOrders { id number status vendorName amountToCollect { minor } lines { id } commission { net { minor } } } }
  ... on CartNotReady { message problems { code lineId groupId cure } } ... on OutOfStock { lines { cartLineId requested available } } ... on PriceChanged { expected { minor } actual { minor } lines { unitPrice { minor } } }
  ... on VendorClosed { message } ... on CouponRejected { reason } ... on PaymentNotOpened { message order { id status } }`;

/** Orders on a database of its own; its neighbours keep simple books, so that a test sees what was taken and given back. */
export class OrdersRig implements AsyncDisposable {
  /** What neighbours answer, by ask; and what they were asked, in order. */
  readonly answers = new Map<string, (input: never) => unknown>();
  readonly asked: { readonly ask: string; readonly input: Record<string, unknown> }[] = [];
  /** What is held now, by order id. */
  readonly held = { carts: new Map<string, string>(), stock: new Set<string>(), coupons: new Set<string>() };
  readonly carts = new Map<string, FrozenCart>();
  subgraph: TestSubgraph;

  private constructor(readonly clock: FakeClock) {}

  static async start(): Promise<OrdersRig> {
    const rig = new OrdersRig(new FakeClock());
    const names = ['carts', 'catalog', 'vendors', 'pricing', 'shipping', 'inventory', 'payments'];
    const localAnswers = new Map<string, AnswerAsk>(names.map((name) => [name, (key, envelope) => rig.#neighbour(key, envelope)]));
    // A test runs a job when it means it: none works beside it, making papers on the same thread.
    const jobs = (orders.jobs ?? []).map((job) => ({ ...job, everyMs: 3_600_000 }));
    rig.subgraph = await startTestSubgraph({ ...orders, jobs }, { clock: rig.clock, localAnswers, env: { GUEST_KEY_SECRET: 'a secret of the tests, as long as needed' } });
    rig.reset();
    return rig;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.subgraph.close();
  }

  /** Says what an ask is answered from now on. */
  answer<I, O>(contract: AskContract<I, O>, work: (input: I) => O): void {
    this.answers.set(contract.key, work as (input: never) => unknown);
  }

  /** Neighbours that know everything and have enough of it. */
  reset(): void {
    this.asked.length = 0;
    this.answer(cartFreeze, ({ cartId, orderId }) => this.#freeze(cartId, orderId));
    this.answer(cartThaw, ({ cartId, orderId }) => ({ outcome: this.held.carts.get(cartId) === orderId && this.held.carts.delete(cartId) ? 'THAWED' : 'NOTHING' }));
    this.answer(cartRead, ({ cartId }) => ({ cart: this.carts.get(cartId) ?? null }));
    this.answer(inventoryCount, ({ offerIds }) => ({ offers: offerIds.map((offerId) => ({ offerId, available: 100 })) }));
    this.answer(catalogDescribe, ({ offerIds }) => ({ offers: offerIds.map((offerId) => ({ ...goods, offerId, vendorId: this.#vendorOf(offerId) })) }));
    this.answer(vendorDescribe, ({ vendorIds }) => ({ vendors: vendorIds.map((vendorId, at) => ({ vendorId, slug: `vendor-${at}`, name: `Vendor ${at}`, openNow: true, whyClosed: null, minimumOrderMinor: null, acceptsAfterHours: 24 })) }));
    this.answer(pricingQuote, (input) => quoted(input, (offerId) => this.#vendorOf(offerId)));
    this.answer(shippingQuote, ({ groups }) => ({ groups: groups.map(({ vendorId }) => ({ vendorId, options: [{ methodId: 'smt_1', name: 'Post', carrier: 'own', amountMinor: deliveryMinor, deliverBy: null, allowsCashOnDelivery: true }] })) }));
    this.answer(commissionQuote, ({ lines, shipping }) => ({
      lines: lines.map(({ lineId, netMinor }) => ({ lineId, ruleId: null, ratePpm: 100_000, fixedMinor: 0, amountMinor: netMinor / 10 })),
      vendors: shipping.map(({ vendorId }) => ({ vendorId, shippingMinor: 0, netMinor: lines.filter((line) => line.vendorId === vendorId).reduce((sum, { netMinor }) => sum + netMinor / 10, 0), taxRatePpm: 0, taxMinor: 0 })),
    }));
    this.answer(inventoryReserve, ({ orderId, lines }) => {
      this.held.stock.add(orderId);
      return { outcome: 'HELD' as const, expiresAt: this.clock.now().toISOString(), lines: lines.map(({ lineId, quantity }) => ({ lineId, warehouses: [{ warehouseId: 'wh_1', quantity }] })) };
    });
    this.answer(inventoryExtend, () => ({ outcome: 'EXTENDED' as const, expiresAt: this.clock.now().toISOString() }));
    this.answer(inventoryRelease, ({ orderId }) => ({ outcome: this.held.stock.delete(orderId) ? 'RELEASED' : 'NOTHING' }));
    this.answer(pricingRedeem, ({ orderId }) => { this.held.coupons.add(orderId); return { outcome: 'REDEEMED' as const }; });
    this.answer(pricingUnredeem, ({ orderId }) => ({ outcome: this.held.coupons.delete(orderId) ? 'GIVEN_BACK' : 'NOTHING' }));
    this.answer(paymentCheck, () => ({ outcome: 'OFFERED' as const }));
    this.answer(paymentOpen, () => ({ outcome: 'OPENED' as const, paymentId: newId('pay'), status: 'REQUIRES_ACTION', expiresAt: new Date(this.clock.now().getTime() + 1_800_000).toISOString() }));
  }

  /** Somebody new, with a cart of two vendors that can be ordered: three pieces and two deliveries. */
  buyer(changes: Partial<FrozenCart> = {}): { readonly asker: TestAsker; readonly cart: FrozenCart; readonly totalMinor: number } {
    const tenant = testTenant();
    const asker: TestAsker = { tenant, viewer: testViewer(newId('usr'), ['SHOPPER']) };
    const vendors = [newId('ven'), newId('ven')];
    const lines = vendors.map((vendorId, at) => ({ lineId: newId('line'), offerId: `${newId('ofr')}@${vendorId}`.slice(0, 64), vendorId, quantity: at + 1 }));
    const cart: FrozenCart = {
      cartId: newId('cart'), version: 3, buyer: { userId: asker.viewer?.userId ?? null, guestKey: null }, currency: tenant.currency, locale: 'en', lines,
      groups: vendors.map((vendorId) => ({ groupId: newId('grp'), vendorId, shippingMethodId: 'smt_1', weightGrams: 300 })), couponCodes: [], contact: { email: 'ann@example.com', phone: null, name: 'Ann' },
      shippingAddress: { name: 'Ann', company: null, line1: 'House 1', line2: null, city: 'Dhaka', district: null, region: null, postalCode: '1205', country: 'BD', phone: null }, billingAddress: null, note: null, ...changes,
    };
    this.carts.set(cart.cartId, cart);
    return { asker, cart, totalMinor: 3 * pieceMinor + 2 * deliveryMinor };
  }

  /** Places an order. Throws what was refused, as `CODE: message`. */
  async place({ asker, cart, totalMinor }: ReturnType<OrdersRig['buyer']>, input: Record<string, unknown> = {}): Promise<Outcome> {
    const wish = { cartId: cart.cartId, idempotencyKey: 'one', expectedTotal: { minor: totalMinor, currency: cart.currency }, payWith: 'STRIPE', ...input };
    return (await this.read<{ placeOrder: Outcome }>(asker, `mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { ${selection} } }`, { input: wish })).placeOrder;
  }

  /** Runs an operation and answers its data. Throws what was refused, as `CODE: message`. */
  async read<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}): Promise<D> {
    const { data, errors } = await this.subgraph.ask<D>(asker, query, variables);
    const [error] = errors ?? [];
    if (error) throw new Error(`${String(error.extensions?.['code'])}: ${error.message}`);
    return data as D;
  }

  /** How often something was asked. */
  times(contract: AskContract<never, never> | { readonly key: string }): number {
    return this.asked.filter(({ ask }) => ask === contract.key).length;
  }

  async #neighbour(key: string, { body }: AskEnvelope): Promise<string> {
    const input = JSON.parse(body) as Record<string, unknown>;
    this.asked.push({ ask: key, input });
    const answer = this.answers.get(key);
    if (!answer) throw new Error(`The test says nothing of ${key}.`);
    return JSON.stringify({ ok: answer(input as never) });
  }

  #freeze(cartId: string, orderId: string): { outcome: 'FROZEN'; cart: FrozenCart } | { outcome: 'TAKEN'; orderId: string } | { outcome: 'NOT_FOUND' } {
    const cart = this.carts.get(cartId);
    if (!cart) return { outcome: 'NOT_FOUND' };
    const holder = this.held.carts.get(cartId);
    if (holder !== undefined && holder !== orderId) return { outcome: 'TAKEN', orderId: holder };
    this.held.carts.set(cartId, orderId);
    return { outcome: 'FROZEN', cart };
  }

  #vendorOf(offerId: string): string {
    return [...this.carts.values()].flatMap(({ lines }) => lines).find((line) => line.offerId === offerId)?.vendorId ?? '';
  }
}

const goods = {
  productId: 'prod_1', variantId: 'var_1', title: 'Mug', variantTitle: 'Blue', sku: 'M-1', vendorSku: 'A-M-1', options: [{ name: 'Colour', value: 'Blue' }], productType: 'kitchen', taxClass: 'standard', weightGrams: 300,
  maxPerOrder: null, shippingProfile: 'standard', categoryPaths: [], imageUrl: null, whyNot: null,
};

/** Prices without taxes or discounts: pieces and deliveries add up. */
function quoted({ lines, shipping }: { lines: { lineId: string; offerId: string; quantity: number }[]; shipping: { vendorId: string; amountMinor: number }[] }, vendorOf: (offerId: string) => string) {
  const priced = lines.map(({ lineId, offerId, quantity }) => ({
    lineId, offerId, vendorId: vendorOf(offerId), quantity, unitPriceMinor: pieceMinor, subtotalMinor: quantity * pieceMinor, discountMinor: 0, netMinor: quantity * pieceMinor, taxMinor: 0, totalMinor: quantity * pieceMinor, taxes: [], discounts: [],
  }));
  const vendors = [...new Set(priced.map(({ vendorId }) => vendorId))].map((vendorId) => {
    const subtotalMinor = priced.filter((line) => line.vendorId === vendorId).reduce((sum, line) => sum + line.subtotalMinor, 0);
    const shippingMinor = shipping.find((one) => one.vendorId === vendorId)?.amountMinor ?? 0;
    return { vendorId, subtotalMinor, discountMinor: 0, shippingMinor, taxMinor: 0, totalMinor: subtotalMinor + shippingMinor, shippingDiscountMinor: 0, shippingNetMinor: shippingMinor, shippingTaxMinor: 0, shippingTaxes: [], shippingDiscounts: [] };
  });
  const sum = (of: (vendor: (typeof vendors)[number]) => number): number => vendors.reduce((total, vendor) => total + of(vendor), 0);
  const totals = { subtotalMinor: sum((v) => v.subtotalMinor), discountMinor: 0, shippingMinor: sum((v) => v.shippingMinor), taxMinor: 0, totalMinor: sum((v) => v.totalMinor) };
  return { currency: 'EUR', taxIncluded: false, lines: priced, vendors, totals, applied: [], rejected: [], redemptions: [], quotas: [], budgets: [], trace: [], withoutPrice: [] };
}
