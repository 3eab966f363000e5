import type { EventContract } from '@haat/schema/event';
import { vendorApproved } from '@haat/schema/events/vendors';
import { systemClock } from '@haat/kit/clock';
import { newId } from '@haat/kit/id';
import { envelopeOf } from '@haat/kit/outbox-envelope';
import type { TenantFacts, Viewer } from '@haat/kit/identity';
import { startTestMongoSubgraph, type TestMongoSubgraph } from '@haat/kit-run/testing/test-mongo-subgraph';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import type { TestSubgraphOptions } from '@haat/kit-run/testing/test-subgraph-options';
import { catalog } from '../subgraph.js';

/** What a mutation answered: its `__typename`, and whatever was selected. */
export type Answer = { readonly __typename: string; readonly id: string } & Record<string, never>;

/** A catalogue of a test's own, in a marketplace that speaks English and Swedish, with a product type and a category. */
export interface CatalogRig extends AsyncDisposable {
  readonly subgraph: TestMongoSubgraph;
  readonly tenant: TenantFacts;
  readonly operator: Viewer;
  readonly categoryId: string;
  /** Runs an operation as somebody, an operator where nobody is named; throws what the answer has of errors. */
  run<D = Record<string, never>>(query: string, variables?: Record<string, unknown>, as?: Asker): Promise<D>;
  /** The codes of what an operation is refused with. */
  refusal(query: string, variables?: Record<string, unknown>, as?: Asker): Promise<{ readonly code: unknown; readonly paths: readonly string[] }>;
  /** Runs one mutation and answers what it answers. `fields` are selected of a product, an offer and so on. */
  mutate(name: string, input: object, fields?: string, as?: Asker): Promise<Answer>;
  /** Lets it hear an event of another subgraph, as the broker would bring it. */
  hear<P>(contract: EventContract<P>, aggregate: { readonly id: string; readonly version: number }, payload: P): Promise<void>;
  /** Lets it hear that vendors were approved. */
  approve(...vendorIds: readonly string[]): Promise<void>;
  /** A product, made and published unless `isDraft`. */
  product(input?: object, isDraft?: boolean): Promise<{ readonly id: string; readonly variants: readonly { readonly id: string; readonly sku: string }[] }>;
}

/** Who asks, in which language. */
export interface Asker {
  readonly viewer?: Viewer;
  readonly locale?: string;
  readonly tenant?: TenantFacts;
}

/** A guest. */
export const nobody: Asker = { viewer: { kind: 'GUEST', roles: [], grants: [], vendors: [] } };

/** A merchant who manages the catalogue of one vendor. */
export function merchantOf(vendorId: string, grants: string[] = ['catalog.manage']): Asker {
  return { viewer: testViewer(newId('usr'), ['MERCHANT'], { vendors: [{ id: vendorId, grants }] }) };
}

/** An input for a product that nothing is wrong with. */
export function productInput(more: object = {}): Record<string, unknown> {
  const name = newId('prod').slice(-12);
  return { productType: 'crockery', title: `Mug ${name}`, variants: [{ sku: `MUG-${name}` }], attributes: [{ key: 'volume', number: 300 }], ...more };
}

/** Starts it; without its jobs where a test counts what it sends. */
export async function startCatalog({ isWithoutJobs, ...options }: TestSubgraphOptions & { readonly isWithoutJobs?: boolean } = {}): Promise<CatalogRig> {
  const subgraph = await startTestMongoSubgraph(isWithoutJobs ? { ...catalog, jobs: [] } : catalog, options);
  const tenant = testTenant();
  const operator = testViewer(newId('usr'), ['OPERATOR']);
  const ask = (query: string, variables: Record<string, unknown>, as: Asker) => subgraph.ask({ tenant, viewer: operator, ...as }, query, variables);
  const rig: CatalogRig = {
    subgraph, tenant, operator, categoryId: '',
    async run<D>(query: string, variables = {}, as: Asker = {}) {
      const { data, errors } = await ask(query, variables, as);
      if (errors?.length) throw new Error(JSON.stringify(errors));
      return data as D;
    },
    async refusal(query, variables = {}, as = {}) {
      const { errors } = await ask(query, variables, as);
      const extensions = (errors?.[0]?.extensions ?? {}) as { code?: unknown; problems?: readonly { path: readonly unknown[] }[] };
      return { code: extensions.code, paths: extensions.problems?.map(({ path }) => path.join('.')) ?? [] };
    },
    async mutate(name, input, fields = '', as = {}) {
      const data = await rig.run<Record<string, Answer>>(mutation(name, fields), { input }, as);
      return data[name] as Answer;
    },
    async hear(contract, aggregate, payload) {
      const envelope = envelopeOf({ tenantId: tenant.id, actor: `system:${contract.producer}` }, contract, { aggregate, payload }, systemClock);
      for (const { name, contract: { key }, consume } of catalog.consumers ?? []) {
        // A consumer of the catalogue needs nothing of its transaction but the documents.
        if (key === contract.key) await subgraph.running.store.inbox.apply(name, envelope, 'catalog', (unit) => consume(unit as never, envelope as never));
      }
    },
    async approve(...vendorIds) {
      for (const vendorId of vendorIds) await rig.hear(vendorApproved, { id: vendorId, version: 2 }, { vendorId, slug: vendorId, name: 'A vendor', status: 'APPROVED', openNow: true, currency: tenant.currency, score: 500 });
    },
    async product(input = {}, isDraft = false) {
      const made = await rig.mutate('createProduct', productInput({ categoryIds: [rig.categoryId], ...input }), '... on Product { id variants { id sku } }');
      if (made.__typename !== 'Product') throw new Error(JSON.stringify(made));
      if (!isDraft) await rig.mutate('publishProduct', { productId: made.id });
      return made as never;
    },
    [Symbol.asyncDispose]: () => subgraph.close(),
  };
  await rig.mutate('defineProductType', crockery);
  const { id } = await rig.mutate('createCategory', { name: 'Kitchen', slug: 'kitchen' }, '... on Category { id }');
  return Object.assign(rig, { categoryId: id });
}

/** The text of a mutation with one input, asking which type was answered, and what it says. */
export function mutation(name: string, fields = ''): string {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
  return `mutation($input: ${type}) { ${name}(input: $input) { __typename ${fields} } }`;
}

const crockery = {
  key: 'crockery', name: 'Crockery', translations: [{ locale: 'sv', name: 'Porslin' }],
  attributes: [
    { key: 'volume', name: 'Volume', translations: [{ locale: 'sv', name: 'Volym' }], kind: 'NUMBER', unit: 'ml', isRequired: true },
    { key: 'glaze', name: 'Glaze', kind: 'CHOICE', choices: [{ key: 'matt', name: 'Matt' }, { key: 'shiny', name: 'Shiny', translations: [{ locale: 'sv', name: 'Blank' }] }] },
    { key: 'organic', name: 'Organic', kind: 'BOOLEAN' },
    { key: 'paint', name: 'Paint', kind: 'COLOUR' },
    { key: 'care', name: 'Care', kind: 'MULTI_CHOICE', choices: [{ key: 'oven', name: 'Oven' }, { key: 'freezer', name: 'Freezer' }] },
    { key: 'since', name: 'Since', kind: 'DATE' },
    { key: 'note', name: 'Note', kind: 'TEXT' },
  ],
};
