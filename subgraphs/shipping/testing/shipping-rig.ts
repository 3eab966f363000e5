import { parcelDepart } from '@haat/schema/asks/orders';
import { shippingQuote } from '@haat/schema/asks/shipping';
import { offerChanged } from '@haat/schema/events/catalog';
import { vendorOrderAccepted, vendorOrderCancelled, vendorOrderChanged, type VendorOrderState } from '@haat/schema/events/orders';
import type { z } from 'zod';
import type { AnswerAsk } from '@haat/kit/ask';
import { newId } from '@haat/kit/id';
import { readSealingKeys } from '@haat/kit/sealing-keys';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { startTestSubgraph, type TestSubgraph } from '@haat/kit-run/testing/test-subgraph';
import { shipping } from '../subgraph.js';

/** What a mutation came to. */
export interface Outcome extends Record<string, unknown> {
  readonly __typename: string;
}

/** A marketplace with a vendor, and who asks in it. */
export type Market = ReturnType<ShippingRig['market']>;

/** A parcel that orders is asked for. */
export type Departing = z.infer<typeof parcelDepart.input>;

type Outcomes = z.infer<typeof parcelDepart.output>['outcome'];

/** What orders says where nothing was cancelled. */
export const departed = (): 'DEPARTED' => 'DEPARTED';

/** A vendor's part of an order as orders said it last. */
export interface Part {
  state: VendorOrderState;
  version: number;
}

const shipment = 'id carrier status trackingId trackingUrl lines { orderLineId quantity title } parcels { id position status weightGrams trackingId amountToCollect { minor } lines { orderLineId quantity } } label { url }';
const problems = '... on Problem { message } ... on NothingToShip { reason left { orderLineId quantity } } ... on CarrierRefused { reasons }';
const selections: Readonly<Record<string, string>> = {
  shipVendorOrder: `... on Shipment { ${shipment} } ${problems}`, recordTracking: `... on Shipment { ${shipment} } ... on WrongShipmentStatus { message at: status }`, cancelShipment: `... on Shipment { ${shipment} } ... on WrongShipmentStatus { message at: status }`,
  settleBooking: `... on Shipment { ${shipment} } ... on CarrierRefused { message reasons } ... on BookingNotUncertain { message }`, connectCarrier: '... on CarrierAccount { id carrier vendorId storeId isSandbox callbackPath } ... on CarrierRefused { message reasons }',
  saveShippingZone: '... on ShippingZone { id name vendorId isActive areas { country city } } ... on TooManyShippingRules { max }', saveShippingMethod: '... on ShippingMethod { id name zoneId bands { upToGrams price { minor } } } ... on TooManyShippingRules { max }',
};

/** Shipping on a database of its own, with a clock that the test moves. */
export class ShippingRig implements AsyncDisposable {
  /** Parcels that orders was asked for, oldest first; and what it answers, or throws. */
  readonly departing: Departing[] = [];
  letDepart: (asked: Departing) => Outcomes | Promise<Outcomes> = departed;
  subgraph: TestSubgraph;

  private constructor(readonly clock: FakeClock) {}

  static async start(env: Readonly<Record<string, string>> = {}, definition = shipping): Promise<ShippingRig> {
    const rig = new ShippingRig(new FakeClock());
    const jobs = [...(definition.jobs ?? [])].map((job) => ({ ...job, everyMs: 3_600_000 }));
    const orders: AnswerAsk = async (_, { body }) => rig.#depart(JSON.parse(body) as Departing);
    rig.subgraph = await startTestSubgraph({ ...definition, jobs }, { clock: rig.clock, localAnswers: new Map([['orders', orders]]), env: { GUEST_KEY_SECRET: 'a secret of the tests, as long as needed', ...env } });
    return rig;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.subgraph.close();
  }

  /** A marketplace of a test's own, which sells for taka. */
  market() {
    const tenant = testTenant({ currency: 'BDT' });
    const vendorId = newId('ven');
    const person = (roles: Parameters<typeof testViewer>[1], more = {}): TestAsker => ({ tenant, viewer: testViewer(newId('usr'), roles, more) });
    const merchantOf = (id: string): TestAsker => person(['MERCHANT'], { vendors: [{ id, grants: ['orders.manage', 'settings.manage'] }] });
    return { tenant, vendorId, guest: { tenant } as TestAsker, shopper: person(['SHOPPER']), operator: person(['OPERATOR']), merchant: merchantOf(vendorId), stranger: merchantOf(newId('ven')) };
  }

  /** An accepted part of an order with such lines, by pieces and what they cost together. */
  async part(market: Market, lines: readonly { readonly quantity: number; readonly totalMinor: number }[], changes: Partial<VendorOrderState> = {}): Promise<Part> {
    const state: VendorOrderState = {
      vendorOrderId: newId('vord'), number: 'ACME-1001-1', orderId: newId('ord'), orderNumber: 'ACME-1001', vendorId: market.vendorId, vendorName: 'Padma Crafts', status: 'PROCESSING',
      buyer: { userId: market.shopper.viewer?.userId ?? null, guestKey: null }, locale: 'en', currency: 'BDT', lines: lines.map(lineOf), totals: { subtotalMinor: 0, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 },
      shippingMethodId: null, shippingMethodName: null, shippingTaxes: [], commission: { netMinor: 0, taxMinor: 0, taxRatePpm: 0 }, paymentChoice: 'STRIPE', amountToCollectMinor: 0,
      shipTo: { country: 'BD', region: null, city: 'Dhaka', district: null, postalCode: '1205' }, sealedForShipping: await this.#sealed(market), placedAt: this.clock.now().toISOString(), ...changes,
    };
    const part = { state, version: 1 };
    await this.#hear(market, vendorOrderAccepted, part, state);
    return part;
  }

  /** Orders says that something of a part changed. */
  async changed(market: Market, part: Part, changes: Partial<VendorOrderState>): Promise<void> {
    part.state = { ...part.state, ...changes };
    part.version += 1;
    await this.#hear(market, vendorOrderChanged, part, part.state);
  }

  /** Orders says that pieces of a part, by line, were cancelled. */
  async cancelled(market: Market, part: Part, quantities: readonly number[], more: { readonly shipped?: boolean; readonly amountMinor?: number; readonly status?: VendorOrderState['status'] } = {}): Promise<void> {
    const lines = part.state.lines.map((line, at) => ({ ...line, cancelled: line.cancelled + (quantities[at] ?? 0) }));
    part.state = { ...part.state, lines, status: more.status ?? part.state.status };
    part.version += 1;
    const cancelled = part.state.lines.flatMap(({ orderLineId, cartLineId, offerId }, at) => (quantities[at] ? [{ orderLineId, cartLineId, offerId, quantity: quantities[at], amountMinor: 0 }] : []));
    await this.#hear(market, vendorOrderCancelled, part, { ...part.state, cancelled, amountMinor: more.amountMinor ?? 0, by: 'BUYER', reason: 'Changed my mind.', shipped: more.shipped ?? false, wasConfirmed: true });
  }

  /** An offer that shipping has heard of. */
  async offer(market: Market, weightGrams?: number, shippingProfile = 'standard'): Promise<string> {
    const offerId = newId('ofr');
    await this.subgraph.hear(offerChanged, market.tenant.id, { aggregate: { id: offerId, version: 1 }, payload: { offerId, productId: newId('prod'), variantId: newId('var'), vendorId: market.vendorId, vendorSku: 'A', status: 'ACTIVE', weightGrams, shippingProfile } });
    return offerId;
  }

  ship(asker: TestAsker, { state }: Part, input: Record<string, unknown> = {}): Promise<Outcome> {
    return this.mutate(asker, 'shipVendorOrder', { vendorOrderId: state.vendorOrderId, idempotencyKey: newId('req'), ...input });
  }

  async quote(market: Market, groups: readonly { readonly vendorId?: string; readonly subtotalMinor?: number; readonly weightGrams?: number | null }[], place: Record<string, unknown> = {}) {
    const destination = { country: 'BD', region: null, city: null, district: null, postalCode: null, ...place };
    const answer = await this.subgraph.put({ tenant: market.tenant }, shippingQuote, { currency: 'BDT', destination, groups: groups.map((group) => ({ vendorId: market.vendorId, subtotalMinor: 10_000, weightGrams: 400, shippingProfiles: [], ...group })) });
    return answer.groups.map(({ options }) => options.map(({ name, amountMinor }) => [name, amountMinor] as const));
  }

  /** What was said in a marketplace, oldest first: names, and what they were said with. */
  async said({ tenant }: Market): Promise<[string, Record<string, unknown>][]> {
    return (await this.subgraph.events(tenant.id)).map(({ type, payload }) => [type.replace('shipping.', ''), payload]);
  }

  /** Runs a mutation and answers its outcome. Throws what was refused, as `CODE: message`. */
  async mutate(asker: TestAsker, field: string, input: Record<string, unknown>): Promise<Outcome> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    return (await this.read<Record<string, Outcome>>(asker, `mutation($input: ${type}!) { ${field}(input: $input) { __typename ${selections[field] ?? ''} } }`, { input }))[field] as Outcome;
  }

  /** Runs a query and answers its data. Throws what was refused, as `CODE: message`. */
  async read<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}): Promise<D> {
    const { data, errors } = await this.subgraph.ask<D>(asker, query, variables);
    const [error] = errors ?? [];
    if (error) throw new Error(`${String(error.extensions?.['code'])}: ${error.message}`);
    return data as D;
  }

  async #depart(asked: Departing): Promise<string> {
    this.departing.push(asked);
    return JSON.stringify({ ok: { outcome: await this.letDepart(asked) } });
  }

  #sealed({ tenant }: Market): Promise<string> {
    const { HAAT_SEALING_KEY: own = '', HAAT_SEALING_PUBLIC_KEYS: all = '' } = this.subgraph.env;
    const address = { name: 'Ann Rahman', company: null, line1: 'House 12, Road 4', line2: null, district: 'Dhanmondi', city: 'Dhaka', region: null, postalCode: '1205', country: 'BD', phone: '+8801711000000' };
    return readSealingKeys(own, all).seal('shipping', { tenantId: tenant.id, purpose: 'order-address' }, { address, contact: { email: 'ann@example.com', phone: null, name: 'Ann' } });
  }

  async #hear(market: Market, contract: Parameters<TestSubgraph['hear']>[0], { state, version }: Part, payload: unknown): Promise<void> {
    const outcomes = await this.subgraph.hear(contract, market.tenant.id, { aggregate: { id: state.vendorOrderId, version }, payload } as never);
    if (!outcomes.every((one) => JSON.stringify(one).includes('applied'))) throw new Error(`${contract.key} was not applied: ${JSON.stringify(outcomes)}`);
  }
}

function lineOf({ quantity, totalMinor }: { readonly quantity: number; readonly totalMinor: number }): VendorOrderState['lines'][number] {
  return {
    orderLineId: newId('oline'), cartLineId: newId('line'), offerId: newId('ofr'), productId: newId('prod'), variantId: newId('var'), title: 'Mug', sku: 'M-1', options: [], imageUrl: null, weightGrams: 300, quantity, cancelled: 0, shipped: 0,
    delivered: 0, refunded: 0, unitPriceMinor: Math.floor(totalMinor / quantity), discountMinor: 0, netMinor: totalMinor, taxMinor: 0, totalMinor, taxes: [], commissionMinor: 0,
  };
}
