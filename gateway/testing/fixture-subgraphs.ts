import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, GraphQLError, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { HttpRequest, HttpResponse } from '@haat/kit/http';
import type { Operation, OperationAnswer } from '@haat/kit/server';
import type { Clock } from '@haat/kit/clock';
import type { InternalContext } from '@haat/kit/identity';
import { bodyDigest, contextHeader, verifyContext, type TrustedKeys } from '@haat/kit/signing';
import { personSeenIn, watchedViewer } from '@haat/kit/person-seen';
import type { UsedOnce } from '@haat/kit/used-once';
import type { LocalSubgraph } from '../local-subgraph.js';

/** What a fixture's resolvers see. */
export interface FixtureContext {
  readonly internal?: InternalContext;
}

/** A subgraph made for a test: its SDL and resolvers, and what its hooks answer. */
export interface FixtureDefinition {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: Record<string, Record<string, unknown>>;
  readonly hook?: (request: HttpRequest, internal: InternalContext | undefined) => Promise<HttpResponse>;
  /** Over HTTP: whether the connection of a request that came breaks without an answer. */
  readonly breaks?: () => boolean;
}

/** What a fixture insists on: a context signed by one of these keys, good at this time, and for one call where it came over HTTP. */
export interface Insistence {
  readonly trusted: TrustedKeys;
  readonly used: UsedOnce;
  readonly clock: Clock;
}

/** A fixture behind a port. */
export interface ServedFixture {
  /** Where it answers GraphQL. */
  readonly url: string;
  close(): Promise<void>;
}

/** What composition makes of fixtures. `urls` are written into it. */
export function composed(definitions: readonly FixtureDefinition[], urls: ReadonlyMap<string, string> = new Map()): string {
  const services = definitions.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl), url: urls.get(name) ?? '' }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(`The fixtures do not compose: ${errors?.join('; ')}`);
  return supergraphSdl;
}

/** Runs a fixture in this process. With keys it insists on a signed context for itself, as a subgraph of ours does. */
export function fixtureSubgraph(definition: FixtureDefinition, insists?: Insistence): LocalSubgraph {
  const run = runner(definition);
  return {
    name: definition.name,
    execute: (operation) => answered(async () => run(operation, await opened(definition, insists, operation.contextToken))),
    async handle(request) {
      const internal = await opened(definition, insists, request.headers[contextHeader], request.headers['x-haat-digest']);
      return (await definition.hook?.(request, internal)) ?? { status: 404, headers: {}, body: '' };
    },
  };
}

/** Puts a fixture behind a port of its own. The signature is over the body that came. */
export async function serveFixture(definition: FixtureDefinition, insists?: Insistence): Promise<ServedFixture> {
  const run = runner(definition);
  const answer = async (request: IncomingMessage): Promise<HttpResponse | undefined> => {
    const body = Buffer.concat(await request.toArray() as Buffer[]);
    const headers = request.headers as Record<string, string>;
    const internal = await opened(definition, insists, headers[contextHeader], bodyDigest(body));
    if (definition.breaks?.()) {
      request.socket.destroy();
      return undefined;
    }
    if (request.url === '/graphql') return graphqlResponse(200, await run(JSON.parse(body.toString('utf8')) as Operation, internal));
    return (await definition.hook?.({ method: request.method ?? '', url: request.url ?? '', headers, body }, internal)) ?? { status: 404, headers: {}, body: '' };
  };
  const server = createServer((request, response) => {
    void answer(request)
      .catch((error: GraphQLError) => graphqlResponse(401, { errors: [error.toJSON()] }))
      .then((answered) => answered && response.writeHead(answered.status, answered.headers).end(answered.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> => new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, close };
}

/** How many documents a fixture keeps, as a subgraph of ours does. */
const documentsMax = 2_000;

type Run = (operation: Omit<Operation, 'contextToken'>, internal: InternalContext | undefined) => Promise<OperationAnswer>;

function runner(definition: FixtureDefinition): Run {
  const schema: GraphQLSchema = buildSubgraphSchema([{ typeDefs: parse(definition.sdl), resolvers: definition.resolvers as never }]);
  // Each text once, as subgraphs of ours do: what is measured over fixtures is then the gateway.
  const documents = new LRUCache<string, DocumentNode>({ max: documentsMax });
  return async ({ query, variables, operationName }, internal) => {
    const document = documents.get(query) ?? parse(query);
    const invalid = documents.has(query) ? [] : validate(schema, document);
    if (invalid.length > 0) return { errors: invalid.map((error) => ({ message: error.message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })) };
    documents.set(query, document);
    const viewer = internal?.shareable ? watchedViewer(internal.viewer) : internal?.viewer;
    const contextValue: FixtureContext = { internal: internal && viewer && { ...internal, viewer } };
    const { data, errors } = await execute({ schema, document, variableValues: variables, operationName, contextValue });
    const extensions = viewer && personSeenIn(viewer);
    return { data, ...(errors && { errors: errors.map((error) => error.toJSON()) }), ...(extensions && { extensions }) };
  };
}

async function answered(work: () => Promise<OperationAnswer>): Promise<OperationAnswer> {
  try {
    return await work();
  } catch (error) {
    return { errors: [(error as GraphQLError).toJSON()] };
  }
}

async function opened(definition: FixtureDefinition, insists: Insistence | undefined, token = '', digest?: string): Promise<InternalContext | undefined> {
  return insists && verifyContext(token, { audience: definition.name, trusted: insists.trusted, used: insists.used, now: insists.clock.now(), digest });
}

function graphqlResponse(status: number, answer: OperationAnswer): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) };
}
