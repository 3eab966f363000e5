import { categoryChanged, collectionChanged, offerChanged, productArchived, productChanged, productPublished, type CategoryState, type CollectionState, type OfferState, type ProductState } from '@haat/schema/events/catalog';
import type { EventContract } from '@haat/schema/event';
import { stockBack, stockRanOut } from '@haat/schema/events/inventory';
import { priceChanged } from '@haat/schema/events/pricing';
import { vendorChanged, vendorSuspended, vendorRestored, type VendorState } from '@haat/schema/events/vendors';
import { newId } from '@haat/kit/id';
import type { TenantFacts } from '@haat/kit/identity';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { startTestSubgraph, type TestSubgraph } from '@haat/kit-run/testing/test-subgraph';
import { search } from '../subgraph.js';

/** A marketplace of a test, and who asks in it. */
export interface Marketplace {
  readonly tenant: TenantFacts;
  readonly guest: TestAsker;
  readonly operator: TestAsker;
}

/** What a test says of a product; the rest is made up. */
export interface SomeProduct extends Partial<Omit<ProductState, 'texts'>> {
  readonly title: string;
  readonly description?: string;
  /** Titles by further languages. */
  readonly titles?: Readonly<Record<string, string>>;
}

/** A product with one offer, as a test names it afterwards. */
export interface Sold {
  readonly productId: string;
  readonly offerId: string;
  readonly vendorId: string;
}

/** Search on a database of its own, which hears what the test says in the place of others. */
export class SearchRig implements AsyncDisposable {
  private said = 0;

  private constructor(readonly subgraph: TestSubgraph, readonly clock: FakeClock) {}

  static async start(): Promise<SearchRig> {
    const clock = new FakeClock('2026-03-01T00:00:00Z');
    return new SearchRig(await startTestSubgraph(search, { clock, env: { SEARCH_RETIRED_KEPT_MS: '0' } }), clock);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.subgraph.close();
  }

  /** A marketplace that nothing is known of. */
  open(facts: Partial<TenantFacts> = {}): Marketplace {
    const tenant = testTenant({ currency: 'BDT', locales: ['en', 'bn', 'sv'], ...facts });
    return { tenant, guest: { tenant }, operator: { tenant, viewer: testViewer('usr_operator', ['OPERATOR']) } };
  }

  /** Lets search hear an event. The version grows with each unless one is named. */
  hear<P>({ tenant }: Marketplace, contract: EventContract<P>, { id, payload, version = (this.said += 1), republished }: { readonly id: string; readonly payload: P; readonly version?: number; readonly republished?: boolean }) {
    return this.subgraph.hear(contract, tenant.id, { aggregate: { id, version }, payload, republished });
  }

  /** A product is published. */
  async product(market: Marketplace, some: SomeProduct): Promise<ProductState> {
    const state = productState(some);
    await this.sayProduct(market, state);
    return state;
  }

  /** A product's state is said by the event that fits it. */
  async sayProduct(market: Marketplace, state: ProductState, version?: number): Promise<void> {
    const contract = state.status === 'PUBLISHED' ? productPublished : state.status === 'ARCHIVED' ? productArchived : productChanged;
    await this.hear(market, contract, { id: state.productId, payload: state, version });
  }

  /** A published product that a vendor sells at a price, in stock unless said otherwise. */
  async sold(market: Marketplace, some: SomeProduct, { vendorId = newId('ven'), minor = 1_000, inStock = true }: { readonly vendorId?: string; readonly minor?: number; readonly inStock?: boolean } = {}): Promise<Sold> {
    const { productId } = await this.product(market, some);
    const offerId = newId('ofr');
    await this.offer(market, { offerId, productId, vendorId });
    await this.price(market, { offerId, productId, vendorId }, minor);
    if (inStock) await this.stock(market, { offerId, vendorId }, 5);
    return { productId, offerId, vendorId };
  }

  async offer(market: Marketplace, { offerId, productId, vendorId, status = 'ACTIVE' }: Pick<OfferState, 'offerId' | 'productId' | 'vendorId'> & { readonly status?: OfferState['status'] }): Promise<void> {
    await this.hear(market, offerChanged, { id: offerId, payload: { offerId, productId, vendorId, variantId: 'var_1', vendorSku: 'V-1', status, shippingProfile: 'default' } });
  }

  async price(market: Marketplace, { offerId, productId, vendorId }: Sold, minor: number | undefined, version?: number): Promise<void> {
    const price = minor === undefined ? undefined : { currentMinor: minor, taxIncluded: true };
    await this.hear(market, priceChanged, { id: offerId, payload: { offerId, productId, vendorId, variantId: 'var_1', currency: market.tenant.currency, price }, version });
  }

  async stock(market: Marketplace, { offerId, vendorId }: Pick<Sold, 'offerId' | 'vendorId'>, available: number): Promise<void> {
    await this.hear(market, available > 0 ? stockBack : stockRanOut, { id: offerId, payload: { offerId, vendorId, available, backorder: false } });
  }

  /** What is said of a vendor; an approved one may be on holiday. */
  async vendor(market: Marketplace, vendorId: string, status: VendorState['status'], { name = 'Some Vendor', onHoliday = false }: { readonly name?: string; readonly onHoliday?: boolean } = {}): Promise<void> {
    const payload: VendorState = { vendorId, name, slug: 'some-vendor', status, openNow: status === 'APPROVED' && !onHoliday, currency: market.tenant.currency, score: 500 };
    if (status === 'SUSPENDED') await this.hear(market, vendorSuspended, { id: vendorId, payload: { ...payload, reason: 'Unpaid.' } });
    else await this.hear(market, status === 'APPROVED' && !onHoliday ? vendorRestored : vendorChanged, { id: vendorId, payload });
  }

  /** A category, below others where they are named from the top. */
  async category(market: Marketplace, name: string, ancestorIds: readonly string[] = [], more: Partial<CategoryState> = {}): Promise<string> {
    const categoryId = more.categoryId ?? newId('cat');
    const payload = { categoryId, slug: name.toLowerCase(), defaultLocale: 'en', names: { en: name }, ancestorIds: [...ancestorIds], parentId: ancestorIds.at(-1), position: 0, ...more };
    await this.hear(market, categoryChanged, { id: categoryId, payload });
    return categoryId;
  }

  async collection(market: Marketplace, some: Pick<CollectionState, 'productIds' | 'rule'>): Promise<string> {
    const collectionId = newId('col');
    await this.hear(market, collectionChanged, { id: collectionId, payload: { collectionId, slug: 'some', defaultLocale: 'en', names: { en: 'Some' }, ...some } });
    return collectionId;
  }

  /** Runs an operation and answers its data. Throws what was refused, as `CODE: message`. */
  async read<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}): Promise<D> {
    const { data, errors } = await this.subgraph.ask<D>(asker, query, variables);
    const [error] = errors ?? [];
    if (error) throw new Error(`${String(error.extensions?.['code'])}: ${error.message}`);
    return data as D;
  }

  /** The titles that a search finds, in their order. */
  async titles(asker: TestAsker, query: string | undefined, variables: Record<string, unknown> = {}): Promise<string[]> {
    const text = 'query($query: String, $filter: SearchFilter, $sort: SearchSort, $first: Int) { search(query: $query, filter: $filter, sort: $sort, first: $first) { nodes { product { title } } } }';
    const { search: { nodes } } = await this.read<{ search: { nodes: { product: { title: string } }[] } }>(asker, text, { query, ...variables });
    return nodes.map(({ product }) => product.title);
  }
}

/** A product's whole state, made up where nothing is said. */
export function productState({ title, description, titles = {}, ...some }: SomeProduct): ProductState {
  const texts = Object.fromEntries(Object.entries({ en: title, ...titles }).map(([locale, one]) => [locale, { title: one, slug: one.toLowerCase().replaceAll(' ', '-'), ...(locale === 'en' && description ? { description } : {}) }]));
  const productId = some.productId ?? newId('prod');
  return {
    productId, status: 'PUBLISHED', typeKey: 'thing', defaultLocale: 'en', texts, attributes: [], options: [], variants: [{ id: newId('var'), sku: `SKU-${productId.slice(-6)}`, values: [] }], categoryIds: [], tags: [],
    images: [{ id: newId('img'), url: 'https://pictures.example/1.svg', alt: title, width: 100, height: 100 }], publishedAt: '2026-01-01T00:00:00Z', ...some,
  };
}
