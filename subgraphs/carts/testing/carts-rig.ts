import { createHmac } from 'node:crypto';
import type { AskContract } from '@haat/schema/ask';
import { catalogDescribe } from '@haat/schema/asks/catalog';
import { pricingQuote } from '@haat/schema/asks/pricing';
import { offerChanged, productChanged } from '@haat/schema/events/catalog';
import { vendorChanged } from '@haat/schema/events/vendors';
import type { AnswerAsk, AskEnvelope } from '@haat/kit/ask';
import { newId } from '@haat/kit/id';
import { guest } from '@haat/kit/identity';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { startTestSubgraph, type TestSubgraph } from '@haat/kit-run/testing/test-subgraph';
import type { z } from 'zod';
import { carts } from '../subgraph.js';

const guestKeySecret = 'a secret of the tests, as long as needed';

/** What a mutation came to. */
export interface Outcome extends Record<string, unknown> {
  readonly __typename: string;
}

/** A cart as the tests read it. */
export interface ReadCart {
  readonly id: string;
  readonly version: number;
  readonly expiresAt: string;
  readonly lines: readonly { readonly id: string; readonly offerId: string; readonly quantity: number }[];
  readonly groups: readonly { readonly id: string; readonly vendorId: string; readonly weightGrams: number | null; readonly chosenShippingMethodId: string | null; readonly destination: { readonly city: string } | null; readonly lines: readonly { readonly id: string }[] }[];
  readonly couponCodes: readonly string[];
  readonly contact: { readonly email: string | null; readonly phone: string | null; readonly name: string | null } | null;
  readonly shippingAddress: Record<string, unknown> | null;
  readonly billingAddress: Record<string, unknown> | null;
  readonly note: string | null;
}

/** Everything the tests read of a cart. */
export const cartFields = `id version expiresAt couponCodes note contact { email phone name } shippingAddress { line1 city country phone } billingAddress { line1 city }
  lines { id offerId quantity } groups { id vendorId weightGrams chosenShippingMethodId destination { city } lines { id } }`;

const inside = `cart { ${cartFields} }`;
const problem = '... on Problem { message } ... on CartNotOpen { notOpen: reason }';
const line = '... on OfferUnavailable { offerId unavailable: reason } ... on OverMaximum { offerId requested max }';

/** What the tests read of each mutation's outcome, beside the cart and what all problems have. */
const selections: Readonly<Record<string, string>> = {
  openCart: `... on OpenCartSucceeded { ${inside} secret }`,
  addCartLines: `... on Cart { ${cartFields} } ${line} ... on TooManyLines { max }`,
  changeCartLine: `... on Cart { ${cartFields} } ${line}`,
  applyCoupon: `... on Cart { ${cartFields} } ... on CouponRejected { rejected: reason missing { minor } }`,
  setCartAddress: `... on Cart { ${cartFields} } ... on CartAddressInvalid { faults { address part message } }`,
  mergeCarts: `... on MergeCartsSucceeded { ${inside} cut { offerId quantity } }`,
  reorder: `... on ReorderSucceeded { ${inside} missing { offerId quantity why } }`,
};

/** Carts on a database of its own, with a clock that the test moves and neighbours that answer what the test says. */
export class CartsRig implements AsyncDisposable {
  /** What neighbours answer, by ask. */
  readonly answers = new Map<string, (input: never) => unknown>();

  private constructor(readonly clock: FakeClock) {}

  subgraph: TestSubgraph;

  static async start(): Promise<CartsRig> {
    const rig = new CartsRig(new FakeClock());
    const localAnswers = new Map<string, AnswerAsk>(['catalog', 'identity', 'orders', 'pricing'].map((name) => [name, (key, envelope) => rig.#neighbour(key, envelope)]));
    rig.subgraph = await startTestSubgraph(carts, { clock: rig.clock, env: { GUEST_KEY_SECRET: guestKeySecret }, localAnswers });
    rig.answer(catalogDescribe, () => ({ offers: [] }));
    rig.answer(pricingQuote, () => emptyQuote);
    return rig;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.subgraph.close();
  }

  /** Says what an ask is answered from now on. */
  answer<I, O>(contract: AskContract<I, O>, work: (input: I) => O): void {
    this.answers.set(contract.key, work as (input: never) => unknown);
  }

  /** A shop with a shopper of its own and what it sells. */
  shop() {
    const tenant = testTenant();
    const shopper: TestAsker = { tenant, viewer: testViewer(newId('usr'), ['SHOPPER']) };
    return { tenant, shopper, guest: { tenant, viewer: guest } satisfies TestAsker };
  }

  /** The guest who holds a cart's secret. */
  holding({ tenant }: TestAsker, secret: string): TestAsker {
    return { tenant, viewer: { ...guest, guestKey: guestKeyOf(tenant.id, secret) } };
  }

  /** The same person, with a guest's secret beside. */
  alsoHolding(asker: TestAsker, secret: string): TestAsker {
    return { ...asker, viewer: { ...(asker.viewer ?? guest), guestKey: guestKeyOf(asker.tenant.id, secret) } };
  }

  /** Lets carts hear of an offer that can be bought. */
  async offer({ tenant }: TestAsker, facts: { vendorId?: string; maxPerOrder?: number; weightGrams?: number; status?: 'ACTIVE' | 'PAUSED' } = {}): Promise<{ offerId: string; vendorId: string; productId: string }> {
    const { vendorId = newId('ven'), status = 'ACTIVE', ...rest } = facts;
    const offer = { offerId: newId('ofr'), productId: newId('prod'), variantId: newId('var'), vendorId, vendorSku: 'A-1', status, shippingProfile: 'standard', ...rest };
    await this.subgraph.hear(offerChanged, tenant.id, { aggregate: { id: offer.offerId, version: 1 }, payload: offer });
    return offer;
  }

  /** Lets carts hear whether a vendor is open. */
  async vendor({ tenant }: TestAsker, vendorId: string, openNow: boolean, version = 1): Promise<void> {
    const payload = { vendorId, slug: 'v', name: 'V', status: 'APPROVED' as const, openNow, currency: 'BDT', score: 500 };
    await this.subgraph.hear(vendorChanged, tenant.id, { aggregate: { id: vendorId, version }, payload });
  }

  /** Lets carts hear that a product is not to be seen any more. */
  async hideProduct({ tenant }: TestAsker, productId: string): Promise<void> {
    const payload = { productId, status: 'ARCHIVED' as const, typeKey: 't', defaultLocale: 'en', texts: {}, attributes: [], options: [], variants: [], categoryIds: [], tags: [], images: [] };
    await this.subgraph.hear(productChanged, tenant.id, { aggregate: { id: productId, version: 2 }, payload });
  }

  /** Runs a mutation and answers its outcome. Throws what was refused, as `CODE: message`. */
  async mutate(asker: TestAsker, field: string, input: Record<string, unknown>): Promise<Outcome> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}`;
    const selection = `${selections[field] ?? `... on Cart { ${cartFields} }`} ${problem}`;
    return (await this.read<Record<string, Outcome>>(asker, `mutation($input: ${type}Input!) { ${field}(input: $input) { __typename ${selection} } }`, { input }))[field] as Outcome;
  }

  /** Runs a query and answers its data. Throws what was refused, as `CODE: message`. */
  async read<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}): Promise<D> {
    const { data, errors } = await this.subgraph.ask<D>(asker, query, variables);
    const [error] = errors ?? [];
    if (error) throw new Error(`${String(error.extensions?.['code'])}: ${error.message}`);
    return data as D;
  }

  /** Opens a cart. */
  async open(asker: TestAsker): Promise<ReadCart & { readonly secret: string | null }> {
    const { cart, secret } = (await this.mutate(asker, 'openCart', {})) as unknown as { cart: ReadCart; secret: string | null };
    return { ...cart, secret };
  }

  /** A cart with pieces of offers. */
  async filled(asker: TestAsker, ...lines: readonly { offerId: string; quantity?: number }[]): Promise<ReadCart> {
    const { id: cartId } = await this.open(asker);
    return (await this.mutate(asker, 'addCartLines', { cartId, lines: lines.map(({ offerId, quantity = 1 }) => ({ offerId, quantity })) })) as unknown as ReadCart;
  }

  async cart(asker: TestAsker, id: string): Promise<ReadCart | null> {
    return (await this.read<{ cart: ReadCart | null }>(asker, `query($id: ID!) { cart(id: $id) { ${cartFields} } }`, { id })).cart;
  }

  /** Answers an ask as a neighbour of the same process would. */
  async #neighbour(key: string, { body }: AskEnvelope): Promise<string> {
    const answer = this.answers.get(key);
    if (!answer) throw new Error(`The test says nothing of ${key}.`);
    return JSON.stringify({ ok: answer(JSON.parse(body) as never) });
  }
}

/** What pricing says of a cart with nothing in it. */
export const emptyQuote: z.infer<typeof pricingQuote.output> = {
  currency: 'BDT', taxIncluded: false, lines: [], vendors: [], totals: { subtotalMinor: 0, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 },
  applied: [], rejected: [], redemptions: [], quotas: [], budgets: [], trace: [], withoutPrice: [],
};

function guestKeyOf(tenantId: string, secret: string): string {
  return createHmac('sha256', guestKeySecret).update(`${tenantId}:${secret}`).digest('base64url');
}
