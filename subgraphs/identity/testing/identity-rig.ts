import { randomInt } from 'node:crypto';
import { mailSecretIssued } from '@haat/schema/events/identity';
import type { TenantFacts } from '@haat/kit/identity';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import { startTestSubgraph, type TestSubgraph } from '@haat/kit-run/testing/test-subgraph';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { identity } from '../subgraph.js';
import { selections } from './selections.js';

/** A password that passes the policy. */
export const goodPassword = 'correct horse 7';

/** What a mutation came to: a member of its union with the fields of selections.ts. */
export interface Outcome extends Record<string, unknown> {
  readonly __typename: string;
}

/** A mail as notifications would read it. */
export interface ReadMail {
  readonly kind: string;
  readonly locale: string;
  readonly expiresAt: string;
  readonly to: string;
  readonly name: string | null;
  readonly secret?: string;
}

/** A person of a test, and the tokens they hold. */
export interface Person {
  readonly asker: TestAsker;
  readonly userId: string;
  readonly sessionId: string;
  readonly email: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Identity on a database of its own, with a clock that the test moves. */
export class IdentityRig implements AsyncDisposable {
  private constructor(readonly subgraph: TestSubgraph, readonly clock: FakeClock) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<IdentityRig> {
    const clock = new FakeClock();
    return new IdentityRig(await startTestSubgraph(identity, { clock, env }), clock);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.subgraph.close();
  }

  /** Runs a mutation and answers its outcome. Throws what was refused, as `CODE: message`. */
  async mutate(asker: TestAsker, field: keyof typeof selections, input?: Record<string, unknown>): Promise<Outcome> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    const text = input ? `mutation($input: ${type}!) { ${field}(input: $input) { __typename ${selections[field]} } }` : `mutation { ${field} { __typename ${selections[field]} } }`;
    return (await this.read<Record<string, Outcome>>(asker, text, input ? { input } : {}))[field] as Outcome;
  }

  /** Runs a query and answers its data. Throws what was refused, as `CODE: message`. */
  async read<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}): Promise<D> {
    const { data, errors } = await this.subgraph.ask<D>(asker, query, variables);
    const [error] = errors ?? [];
    if (error) throw new Error(`${String(error.extensions?.['code'])}: ${error.message}`);
    return data as D;
  }

  /** The mails asked for in a tenant, oldest first, opened as notifications opens them. */
  async mails(tenantId: string): Promise<ReadMail[]> {
    const said = (await this.subgraph.events(tenantId)).filter(({ type }) => type === 'identity.mail-secret-issued');
    return Promise.all(said.map(async ({ payload }) => {
      const { kind, locale, expiresAt, sealed } = payload as { kind: string; locale: string; expiresAt: string; sealed: string };
      const inside = (await this.subgraph.unseal('notifications', { tenantId, purpose: mailSecretIssued.key }, sealed)) as Pick<ReadMail, 'to' | 'name' | 'secret'>;
      return { kind, locale, expiresAt, ...inside };
    }));
  }

  /** The secret of the last mail of a kind to somebody. Throws when there is none. */
  async mailed(tenantId: string, kind: string, to?: string): Promise<string> {
    const mail = (await this.mails(tenantId)).findLast((m) => m.kind === kind && (to === undefined || m.to === to));
    if (!mail?.secret) throw new Error(`No mail ${kind} in ${tenantId}.`);
    return mail.secret;
  }

  /** How often an event was said in a tenant, and with what. */
  async said(tenantId: string, type: string): Promise<Record<string, unknown>[]> {
    return (await this.subgraph.events(tenantId)).filter((event) => event.type === `identity.${type}`).map(({ payload }) => payload);
  }

  /** Signs somebody in who is known already. */
  async signIn(tenant: TenantFacts, email: string, password = goodPassword, clientAddress = someAddress()): Promise<Person> {
    const outcome = await this.mutate({ tenant, clientAddress }, 'signIn', { email, password });
    return this.person(tenant, email, outcome, clientAddress);
  }

  /** The person of a sign-in that succeeded. */
  person(tenant: TenantFacts, email: string, outcome: Outcome, clientAddress = someAddress()): Person {
    if (outcome.__typename !== 'SignInSucceeded') throw new Error(`${email} is not signed in: ${JSON.stringify(outcome)}`);
    const { accessToken, refreshToken, viewer } = outcome as unknown as { accessToken: string; refreshToken: string; viewer: { roles: never; user: { id: string }; session: { id: string } } };
    const asker = { tenant, clientAddress, viewer: testViewer(viewer.user.id, viewer.roles, { sessionId: viewer.session.id }) };
    return { asker, email, accessToken, refreshToken, userId: viewer.user.id, sessionId: viewer.session.id };
  }

  /** Registers somebody, proves the address and signs them in. */
  async shopper(tenant: TenantFacts, name = 'ann'): Promise<Person> {
    const email = someEmail(name);
    await this.mutate({ tenant, clientAddress: someAddress() }, 'register', { email, password: goodPassword, name });
    await this.mutate({ tenant }, 'verifyEmail', { token: await this.mailed(tenant.id, 'VERIFY_EMAIL', email) });
    return this.signIn(tenant, email);
  }
}

/** A tenant of the test's own, and somebody who runs it. */
export function someTenant(facts: Partial<TenantFacts> = {}): { tenant: TenantFacts; guest: TestAsker; operator: TestAsker } {
  const tenant = testTenant(facts);
  return { tenant, guest: { tenant }, operator: { tenant, viewer: testViewer('usr_operator', ['OPERATOR']) } };
}

/** An e-mail address that nobody has yet. */
export function someEmail(name = 'ann'): string {
  return `${name}-${randomInt(1e12).toString(36)}@shoppers.example`;
}

/** A network address of one's own (RFC 2544's block), since tries are counted by address. */
export function someAddress(): string {
  return `198.18.${randomInt(256)}.${randomInt(256)}`;
}
