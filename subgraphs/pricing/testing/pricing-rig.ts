import { randomInt } from 'node:crypto';
import type { AnswerAsk } from '@haat/kit/ask';
import { catalogDescribe } from '@haat/schema/asks/catalog';
import { pricingQuote } from '@haat/schema/asks/pricing';
import { categoryChanged, offerChanged, productChanged } from '@haat/schema/events/catalog';
import type { z } from 'zod';
import type { SubgraphDefinition } from '@haat/kit/define';
import { newId } from '@haat/kit/id';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { startTestSubgraph, type TestSubgraph } from '@haat/kit-run/testing/test-subgraph';
import { pricing } from '../subgraph.js';

/** What a mutation came to: a member of its union. */
export interface Outcome extends Record<string, unknown> {
  readonly __typename: string;
}

/** A marketplace, and who asks in it. */
export interface Market {
  readonly id: string;
  readonly currency: string;
  readonly operator: TestAsker;
  readonly shopper: TestAsker;
  readonly guest: TestAsker;
  /** A merchant with the right to prices and promotions of one vendor. */
  merchant(vendorId: string): TestAsker;
}

/** Goods to be priced. */
export interface Goods {
  readonly offerId: string;
  readonly variantId: string;
  readonly productId: string;
  readonly vendorId: string;
}

type Quote = z.infer<typeof pricingQuote.output>;
type Described = z.infer<typeof catalogDescribe.output>['offers'][number];

/** Pricing on a database of its own, with a clock that the test moves, and a catalogue that answers what it is told. */
export class PricingRig implements AsyncDisposable {
  private constructor(readonly subgraph: TestSubgraph, readonly clock: FakeClock, readonly described: Map<string, Described>) {}

  static async start({ env = {}, definition = pricing }: { env?: Readonly<Record<string, string>>; definition?: SubgraphDefinition } = {}): Promise<PricingRig> {
    const clock = new FakeClock();
    const described = new Map<string, Described>();
    const catalog: AnswerAsk = async (_, { body }) => JSON.stringify({ ok: { offers: (JSON.parse(body) as { offerIds: string[] }).offerIds.flatMap((id) => described.get(id) ?? []) } });
    return new PricingRig(await startTestSubgraph(definition, { clock, env, localAnswers: new Map([['catalog', catalog]]) }), clock, described);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.subgraph.close();
  }

  /** A marketplace with settings of its own. */
  market({ currency = 'EUR', timeZone = 'UTC' }: { currency?: string; timeZone?: string } = {}): Market {
    return this.marketOf(testTenant({ currency, timeZone }));
  }

  /** The same for a tenant that is there. */
  marketOf(tenant: TestAsker['tenant']): Market {
    const merchant = (vendorId: string): TestAsker => ({ tenant, viewer: testViewer(newId('usr'), ['MERCHANT'], { vendors: [{ id: vendorId, grants: ['prices.manage', 'promotions.manage'] }] }) });
    return { id: tenant.id, currency: tenant.currency, merchant, guest: { tenant }, operator: { tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) }, shopper: { tenant, viewer: testViewer(newId('usr'), ['SHOPPER']) } };
  }

  /** Goods that catalog spoke of. */
  async goods(market: Market, { vendorId = newId('ven'), variantId = newId('var'), categoryId, taxClass = 'standard' }: { vendorId?: string; variantId?: string; categoryId?: string; taxClass?: string } = {}): Promise<Goods> {
    const goods: Goods = { offerId: newId('ofr'), variantId, productId: newId('prod'), vendorId };
    await this.hearProduct(market, goods.productId, { version: 1, categoryIds: categoryId ? [categoryId] : [], taxClass });
    await this.subgraph.hear(offerChanged, market.id, { aggregate: { id: goods.offerId, version: 1 }, payload: { ...goods, vendorSku: 'x', status: 'ACTIVE', shippingProfile: 'standard' } });
    return goods;
  }

  /** Has goods put into a category. */
  async moveTo(market: Market, { productId }: Goods, categoryId: string): Promise<void> {
    await this.hearProduct(market, productId, { version: 2, categoryIds: [categoryId], taxClass: 'standard' });
  }

  private async hearProduct(market: Market, productId: string, { version, categoryIds, taxClass }: { version: number; categoryIds: string[]; taxClass: string }): Promise<void> {
    await this.subgraph.hear(productChanged, market.id, { aggregate: { id: productId, version }, payload: {
      productId, status: 'PUBLISHED', typeKey: 'pots', taxClass, defaultLocale: 'en', texts: {}, options: [], variants: [], categoryIds, tags: [], images: [],
      attributes: [{ key: 'colour', kind: 'CHOICE', choices: ['blue'] }] } });
  }

  /** Goods with a price of their own. */
  async priced(market: Market, minor: number, more: Parameters<PricingRig['goods']>[1] = {}): Promise<Goods> {
    const goods = await this.goods(market, more);
    await this.setPrices(market.operator, [{ offerId: goods.offerId, minor }]);
    return goods;
  }

  /** A category that catalog spoke of. */
  async category(market: Market, ancestorIds: readonly string[] = []): Promise<string> {
    const categoryId = newId('cat');
    await this.subgraph.hear(categoryChanged, market.id, { aggregate: { id: categoryId, version: 1 }, payload: { categoryId, slug: categoryId, defaultLocale: 'en', names: {}, ancestorIds: [...ancestorIds], position: 0 } });
    return categoryId;
  }

  setPrices(asker: TestAsker, rows: readonly Record<string, unknown>[], more: Record<string, unknown> = {}): Promise<Outcome> {
    return this.mutate(asker, 'setPrices', { rows: rows.map((row) => ({ currency: asker.tenant.currency, ...row })), ...more },
      '... on SetPricesSucceeded { count offers { id } } ... on PricesRefused { problems { row code message } }');
  }

  /** Runs a mutation and answers its outcome. Throws what was refused, as `CODE: message`. */
  async mutate(asker: TestAsker, field: string, input: Record<string, unknown>, select = ''): Promise<Outcome> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    return (await this.read<Record<string, Outcome>>(asker, `mutation($input: ${type}!) { ${field}(input: $input) { __typename ${select} } }`, { input }))[field] as Outcome;
  }

  /** Runs a query and answers its data. Throws what was refused, as `CODE: message`. */
  async read<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}): Promise<D> {
    const { data, errors } = await this.subgraph.ask<D>(asker, query, variables);
    const [error] = errors ?? [];
    if (error) throw new Error(`${String(error.extensions?.['code'])}: ${error.message}`);
    return data as D;
  }

  /** What everybody is told that offers cost, in minor units, null where they have no price. */
  async shown(asker: TestAsker, goods: readonly Goods[]): Promise<({ current: { minor: number }; compareAt: { minor: number } | null; lowest30Days: { minor: number } | null; taxIncluded: boolean; endsAt: string | null } | null)[]> {
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Offer { price { current { minor } compareAt { minor } lowest30Days { minor } taxIncluded endsAt } } } }';
    const { _entities } = await this.read<{ _entities: ({ price: never } | null)[] }>(asker, query, { r: goods.map(({ offerId }) => ({ __typename: 'Offer', id: offerId })) });
    return _entities.map((one) => one?.price ?? null);
  }

  /** The current price of one offer in minor units. */
  async current(asker: TestAsker, goods: Goods): Promise<number | null> {
    return (await this.shown(asker, [goods]))[0]?.current.minor ?? null;
  }

  quote(asker: TestAsker, lines: readonly (readonly [Goods, number])[], more: Partial<z.infer<typeof pricingQuote.input>> = {}): Promise<Quote> {
    return this.subgraph.put(asker, pricingQuote, {
      lines: lines.map(([{ offerId }, quantity], at) => ({ lineId: `line-${at}`, offerId, quantity })), destination: null, couponCodes: [],
      buyer: { userId: asker.viewer?.userId ?? null, guestKey: asker.viewer?.guestKey ?? null }, emailHash: null, shipping: [], paymentChoice: null, ...more,
    });
  }

  /** What a kind of event was said with in a marketplace, oldest first. */
  async said(market: Market, type: string): Promise<Record<string, unknown>[]> {
    return (await this.subgraph.events(market.id)).filter((event) => event.type === `pricing.${type}`).map(({ payload }) => payload);
  }

  /** Has the jobs do what is due by the test's clock. */
  async runJobs(): Promise<void> {
    for (const job of ['move-due-promotions', 'move-due-flash-sales', 'reprice-due-offers']) await this.subgraph.runJob(job);
  }
}

/** A word that nobody has used. */
export function someWord(begin: string): string {
  return `${begin}-${randomInt(1e12).toString(36)}`;
}
