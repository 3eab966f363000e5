import { randomInt } from 'node:crypto';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import { platformTenant, testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { startTestSubgraph, type TestSubgraph } from '@haat/kit-run/testing/test-subgraph';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { tenants } from '../subgraph.js';

/** Somebody of the platform, in its own marketplace. */
export const platform: TestAsker = { tenant: platformTenant, viewer: testViewer('usr_platform', ['PLATFORM']) };

/** What a mutation came to: a member of its union with the fields of {@link tenantFields} and of its problems. */
export interface Outcome extends Record<string, unknown> {
  readonly __typename: string;
}

/** An open marketplace, and who asks in it. */
export interface Marketplace {
  readonly id: string;
  readonly slug: string;
  readonly guest: TestAsker;
  readonly shopper: TestAsker;
  readonly operator: TestAsker;
}

const tenantFields = `... on Tenant { id slug name status currency locale timeZone domains { id host status } plan { key limits { meter limit } } features { key isEnabled source } usage { meter used limit } }`;
const selection = `__typename ${tenantFields} ... on Domain { id host status verifiedAt recordName recordValue } ... on SlugTaken { slug } ... on PlanLimitReached { meter limit }
  ... on RemoveDomainSucceeded { domainId } ... on HostTaken { host } ... on DomainNotVerified { lookedFor: recordName expected found } ... on TenantStatusConflict { conflict: status } ... on Problem { message }`;
const answers: Readonly<Record<string, readonly string[]>> = {
  openTenant: ['Tenant', 'SlugTaken', 'Problem'], changePlan: ['Tenant', 'TenantStatusConflict', 'Problem'], setFeature: ['Tenant', 'TenantStatusConflict', 'Problem'], suspendTenant: ['Tenant', 'TenantStatusConflict', 'Problem'],
  resumeTenant: ['Tenant', 'TenantStatusConflict', 'Problem'], closeTenant: ['Tenant', 'TenantStatusConflict', 'Problem'],
  addDomain: ['Domain', 'HostTaken', 'PlanLimitReached', 'Problem'], removeDomain: ['RemoveDomainSucceeded', 'Problem'], verifyDomain: ['Domain', 'DomainNotVerified', 'HostTaken', 'Problem'],
};

/** Tenants on a database of its own, with a clock that the test moves. */
export class TenantsRig implements AsyncDisposable {
  private constructor(readonly subgraph: TestSubgraph, readonly clock: FakeClock) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<TenantsRig> {
    const clock = new FakeClock();
    return new TenantsRig(await startTestSubgraph(tenants, { clock, env }), clock);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.subgraph.close();
  }

  /** Runs a mutation and answers its outcome. Throws what was refused, as `CODE: message`. */
  async mutate(asker: TestAsker, field: string, input: Record<string, unknown>): Promise<Outcome> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    const text = `mutation($input: ${type}!) { ${field}(input: $input) { ${selectionOf(field)} } }`;
    return (await this.read<Record<string, Outcome>>(asker, text, { input }))[field] as Outcome;
  }

  /** Runs a query and answers its data. Throws what was refused, as `CODE: message`. */
  async read<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}): Promise<D> {
    const { data, errors } = await this.subgraph.ask<D>(asker, query, variables);
    const [error] = errors ?? [];
    if (error) throw new Error(`${String(error.extensions?.['code'])}: ${error.message}`);
    return data as D;
  }

  /** Opens a marketplace with a slug that nobody has. */
  async open(more: Record<string, unknown> = {}): Promise<Marketplace> {
    const { id, slug } = (await this.mutate(platform, 'openTenant', { ...someOpening(), ...more })) as unknown as { id: string; slug: string };
    const tenant = testTenant({ id, slug });
    const asking = (userId: string, role: 'OPERATOR' | 'SHOPPER'): TestAsker => ({ tenant, viewer: testViewer(userId, [role]) });
    return { id, slug, guest: { tenant }, shopper: asking('usr_shopper', 'SHOPPER'), operator: asking('usr_operator', 'OPERATOR') };
  }

  /** What a kind of event was said with in a tenant, oldest first. */
  async said(tenantId: string, type: string): Promise<Record<string, unknown>[]> {
    return (await this.subgraph.events(tenantId)).filter((event) => event.type === `tenants.${type}`).map(({ payload }) => payload);
  }
}

/** What a new marketplace begins with. */
export function someOpening(): Record<string, unknown> & { readonly slug: string } {
  return { slug: someSlug(), name: 'Some Bazaar', currency: 'BDT', locale: 'bn', otherLocales: ['en', 'bn'], timeZone: 'Asia/Dhaka', ownerEmail: 'Owner@Example.com' };
}

/** A slug that nobody has. */
export function someSlug(): string {
  return `s${randomInt(1e12).toString(36)}`;
}

/** A host name that nobody has. */
export function someHost(): string {
  return `shop-${randomInt(1e12).toString(36)}.example.com`;
}

/** Only fragments on what the mutation can answer are valid. */
function selectionOf(field: string): string {
  const known = answers[field] ?? [];
  return selection.replaceAll(/\.\.\. on (\w+) (\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})/g, (fragment, type: string) => (known.includes(type) ? fragment : ''));
}
