import { createHash } from 'node:crypto';
import type { AskContract } from '@haat/schema/ask';
import { operationsMeasure } from '@haat/schema/asks/gateway';
import { partnerOperation, partnerResolve, usageReport } from '@haat/schema/asks/partners';
import { vendorDescribe } from '@haat/schema/asks/vendors';
import type { AnswerAsk } from '@haat/kit/ask';
import { newId } from '@haat/kit/id';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { startTestSubgraph, type TestSubgraph } from '@haat/kit-run/testing/test-subgraph';
import { partners } from '../subgraph.js';

/** What a mutation came to. */
export interface Outcome extends Record<string, unknown> {
  readonly __typename: string;
}

const app = 'id name status reason vendor { id } quota { pointsPerMinute pointsPerDay approvesBelow }';
const operation = 'id operationId name kind points pointsMax status reason decidedAt';
const selections: Readonly<Record<string, string>> = {
  registerPartner: `... on PartnerApp { ${app} } ... on PartnerNameTaken { name }`,
  registerOperations: `... on RegisterOperationsSucceeded { operations { ${operation} } } ... on OperationsNotAccepted { faults { at name problems } } ... on TooManyOperations { max }`,
  approveOperation: `... on RegisteredOperation { ${operation} }`, rejectOperation: `... on RegisteredOperation { ${operation} }`, withdrawOperation: `... on RegisteredOperation { ${operation} }`,
};

/** An operation's text that the door of the tests finds to cost so much, at most. */
export function textOf(name: string, pointsMax = 10, kind = 'query'): string {
  return `${kind} ${name} { costs${pointsMax} }`;
}

/** Partners on a database of its own, with a clock that the test moves and a door that reads prices out of names. */
export class PartnersRig implements AsyncDisposable {
  private constructor(readonly clock: FakeClock) {}

  subgraph: TestSubgraph;
  readonly vendorId = newId('ven');

  static async start(): Promise<PartnersRig> {
    const rig = new PartnersRig(new FakeClock());
    const localAnswers = new Map<string, AnswerAsk>(['gateway', 'vendors'].map((name) => [name, async (key, { body }) => JSON.stringify({ ok: rig.#neighbour(key, JSON.parse(body) as never) })]));
    rig.subgraph = await startTestSubgraph(partners, { clock: rig.clock, localAnswers });
    return rig;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.subgraph.close();
  }

  /** A marketplace with an operator and a partner's program, as one of its tokens asks. */
  async partner(input: Record<string, unknown> = {}) {
    const tenant = testTenant();
    const operator: TestAsker = { tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) };
    const { id: partnerAppId } = (await this.mutate(operator, 'registerPartner', { name: 'ERP', contactEmail: 'erp@partner.example', ...input })) as unknown as { id: string };
    return { tenant, operator, partnerAppId, token: this.tokenOf(tenant, partnerAppId) };
  }

  tokenOf(tenant: TestAsker['tenant'], partnerAppId?: string): TestAsker {
    return { tenant, viewer: { kind: 'TOKEN', tokenId: newId('tok'), roles: ['PARTNER'], grants: [], vendors: [], partnerAppId } };
  }

  /** What the door is told of a program. */
  async resolve({ tenant }: Pick<TestAsker, 'tenant'>, partnerAppId: string) {
    return (await this.subgraph.put({ tenant }, partnerResolve, { partnerAppId })).partner;
  }

  /** What the door is told of an operation, by its text. */
  async find({ tenant }: Pick<TestAsker, 'tenant'>, partnerAppId: string, text: string) {
    return (await this.subgraph.put({ tenant }, partnerOperation, { partnerAppId, operationId: createHash('sha256').update(text).digest('hex') })).operation;
  }

  /** Lets a gateway report what it has counted until now. */
  async report({ tenant }: Pick<TestAsker, 'tenant'>, partnerAppId: string, source: string, counts: { readonly text: string; readonly points: number; readonly requests: number; readonly refused?: number }[]) {
    const operations = counts.map(({ text, refused = 0, ...rest }) => ({ ...rest, refused, operationId: createHash('sha256').update(text).digest('hex') }));
    return (await this.subgraph.put({ tenant }, usageReport, { partnerAppId, day: this.clock.now().toISOString().slice(0, 10), source, operations })).spentToday;
  }

  /** Runs a mutation and answers its outcome. Throws what was refused, as `CODE: message`. */
  async mutate(asker: TestAsker, field: string, input: Record<string, unknown>): Promise<Outcome> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}`;
    const selection = selections[field] ?? `... on PartnerApp { ${app} }`;
    return (await this.read<Record<string, Outcome>>(asker, `mutation($input: ${type}Input!) { ${field}(input: $input) { __typename ${selection} ... on Problem { message } } }`, { input }))[field] as Outcome;
  }

  /** Runs a query and answers its data. Throws what was refused, as `CODE: message`. */
  async read<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}): Promise<D> {
    const { data, errors } = await this.subgraph.ask<D>(asker, query, variables);
    const [error] = errors ?? [];
    if (error) throw new Error(`${String(error.extensions?.['code'])}: ${error.message}`);
    return data as D;
  }

  #neighbour(key: string, input: never): unknown {
    const answers: readonly [AskContract<never>, (input: never) => unknown][] = [
      [operationsMeasure as AskContract<never>, ({ texts }: { texts: string[] }) => ({ operations: texts.map(measured) })],
      [vendorDescribe as AskContract<never>, ({ vendorIds }: { vendorIds: string[] }) => ({ vendors: vendorIds.filter((id) => id === this.vendorId).map((vendorId) => ({ vendorId, slug: 'v', name: 'V', openNow: true, whyClosed: null, minimumOrderMinor: null, acceptsAfterHours: null })) })],
    ];
    return answers.find(([contract]) => contract.key === key)?.[1](input);
  }
}

function measured(text: string): unknown {
  const [, kind, name, points] = /^(query|mutation|subscription) (\w+) \{ costs(\d+) \}$/.exec(text) ?? [];
  if (name === undefined) return { isGood: false, name: null, problems: ['It is no operation.'] };
  return { isGood: true, name, kind, points: 1, pointsMax: Number(points) };
}
