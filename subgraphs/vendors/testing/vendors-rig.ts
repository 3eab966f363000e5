import { randomInt } from 'node:crypto';
import { newId } from '@haat/kit/id';
import type { TenantFacts, Viewer } from '@haat/kit/identity';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { startTestSubgraph, type TestSubgraph } from '@haat/kit-run/testing/test-subgraph';
import { vendors } from '../subgraph.js';

/** What a mutation came to: a member of its union, with what was selected. */
export interface Outcome extends Record<string, unknown> {
  readonly __typename: string;
}

/** A marketplace, and who asks in it. */
export interface Market {
  readonly tenant: TenantFacts;
  readonly guest: TestAsker;
  readonly operator: TestAsker;
}

/** Vendors on a database of its own, with a clock that the test moves. */
export class VendorsRig implements AsyncDisposable {
  private constructor(readonly subgraph: TestSubgraph, readonly clock: FakeClock) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<VendorsRig> {
    const clock = new FakeClock();
    return new VendorsRig(await startTestSubgraph(vendors, { clock, env }), clock);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.subgraph.close();
  }

  /** A marketplace of a test's own. */
  market(facts: Partial<TenantFacts> = {}): Market {
    const tenant = testTenant({ currency: 'BDT', ...facts });
    return { tenant, guest: { tenant }, operator: { tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) } };
  }

  /** Somebody signed in there, with rights at vendors or none. */
  person(market: Market, vendors: Viewer['vendors'] = [], userId: string = newId('usr')): TestAsker & { readonly viewer: Viewer } {
    return { tenant: market.tenant, viewer: testViewer(userId, vendors.length > 0 ? ['MERCHANT'] : ['SHOPPER'], { vendors }) };
  }

  /** Runs a mutation and answers its outcome. Throws what was refused, as `CODE: message`. */
  async mutate(asker: TestAsker, field: string, input: Record<string, unknown>, select = ''): Promise<Outcome> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    const text = `mutation($input: ${type}!) { ${field}(input: $input) { __typename ${select} ... on Problem { message } } }`;
    return (await this.read<Record<string, Outcome>>(asker, text, { input: JSON.parse(JSON.stringify(input)) as object }))[field] as Outcome;
  }

  /** Runs a query and answers its data. Throws what was refused, as `CODE: message`. */
  async read<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}): Promise<D> {
    const { data, errors } = await this.subgraph.ask<D>(asker, query, variables);
    const [error] = errors ?? [];
    if (error) throw new Error(`${String(error.extensions?.['code'])}: ${error.message}`);
    return data as D;
  }

  /** A vendor that somebody new applied with. */
  async applied(market: Market, more: Record<string, unknown> = {}): Promise<{ readonly id: string; readonly slug: string; readonly owner: TestAsker & { readonly viewer: Viewer } }> {
    const applicant = this.person(market);
    const slug = someSlug();
    const made = await this.mutate(applicant, 'applyAsVendor', { slug, name: 'Some Crafts', ...more }, '... on Vendor { id }');
    const id = String(made['id']);
    const grants = (await this.said(market, 'vendor-member-changed')).findLast((payload) => payload['vendorId'] === id)?.['grants'];
    return { id, slug, owner: this.person(market, [{ id, grants: grants as string[] }], applicant.viewer.userId) };
  }

  /** A vendor that sells. */
  async approved(market: Market, more: Record<string, unknown> = {}): ReturnType<VendorsRig['applied']> {
    const vendor = await this.applied(market, more);
    await this.mutate(market.operator, 'approveVendor', { vendorId: vendor.id });
    return vendor;
  }

  /** What a kind of event was said with in a marketplace, oldest first. */
  async said({ tenant }: Market, type: string): Promise<Record<string, unknown>[]> {
    return (await this.subgraph.events(tenant.id)).filter((event) => event.type === `vendors.${type}`).map(({ payload }) => payload);
  }
}

/** A slug that nobody has. */
export function someSlug(): string {
  return `v${randomInt(1e12).toString(36)}`;
}
