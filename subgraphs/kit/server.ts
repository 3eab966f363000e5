import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { execute, GraphQLError, parse, validate, type DocumentNode, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Context } from './context.js';
import { beforeDeadline } from './deadline.js';
import { BodyTooLarge, json, readBody, type HttpRequest, type HttpResponse } from './http.js';
import type { InternalContext } from './identity.js';
import type { Log } from './log.js';
import { masked } from './masking.js';
import { kindOf, observeRequest, type ObservedRequest } from './observe.js';
import { personSeenIn } from './person-seen.js';
import { Refusal } from './refusal.js';
import { bodyDigest, contextHeader, digestHeader } from './signing.js';

/** The largest GraphQL request between gateway and subgraph: many keys, no uploads. */
export const internalBodyBytesMax = 4 * 1024 * 1024;

/** How many parsed and validated operations one subgraph keeps. The gateway's plans repeat. */
const documentsMax = 2_000;

/** An operation as it is asked in the same process. */
export interface Operation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  /** The signed context for this subgraph. */
  readonly contextToken: string;
}

/** What an operation is answered with. */
export interface OperationAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Record<string, unknown>;
}

/** What the face of a subgraph needs from inside. */
export interface FaceParts {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly log: Log;
  /** Verifies a signed context; refuses otherwise. `digest` is given where the request came over a network. */
  verified(token: string | undefined, digest: string | undefined): Promise<InternalContext>;
  /** Runs `work` with the context's tenant bound to the store. */
  within<T>(internal: InternalContext, work: (ctx: Context) => Promise<T>): Promise<T>;
  /** What is not ready, in words; empty when all is. */
  unready(): Promise<readonly string[]>;
  route(request: HttpRequest, ctx: Context): Promise<HttpResponse | undefined>;
}

/** The two faces of a running subgraph: HTTP-shaped, and straight in the same process. Both make the same checks. */
export interface Face {
  handle(request: HttpRequest): Promise<HttpResponse>;
  execute(operation: Operation): Promise<OperationAnswer>;
  close(): Promise<void>;
}

/** Makes the faces. */
export async function makeFace(parts: FaceParts): Promise<Face> {
  const server = new ApolloServer<Context>({
    schema: parts.schema,
    plugins: [ApolloServerPluginCacheControlDisabled(), tellingOfPerson],
    csrfPrevention: false,
    persistedQueries: false,
    introspection: true,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError: (_, error) => masked(error, parts.log),
    logger: parts.log,
    nodeEnv: 'production',
  });
  await server.start();
  return {
    handle: (request) => handle(parts, server, request),
    execute: executor(parts),
    close: () => server.stop(),
  };
}

/** As {@link run} does for the same process. */
const tellingOfPerson: ApolloServerPlugin<Context> = {
  async requestDidStart({ contextValue }) {
    return {
      async willSendResponse({ response: { body } }) {
        const extensions = personSeenIn(contextValue.viewer);
        if (extensions && body.kind === 'single') body.singleResult.extensions = { ...body.singleResult.extensions, ...extensions };
      },
    };
  },
};

/** Without a signed context a subgraph answers nothing but whether it lives and is ready. */
async function handle(parts: FaceParts, server: ApolloServer<Context>, request: HttpRequest): Promise<HttpResponse> {
  const path = request.url.split('?')[0];
  if (path === '/health') return json(200, { status: 'alive' });
  if (path === '/ready') return readiness(await parts.unready());
  try {
    return path === '/graphql' ? await answerGraphql(parts, server, request) : await answerRoute(parts, request);
  } catch (error) {
    return refused(parts, error);
  }
}

function readiness(unready: readonly string[]): HttpResponse {
  return unready.length === 0 ? json(200, { status: 'ready' }) : json(503, { status: 'not ready', waitsFor: unready });
}

async function answerGraphql(parts: FaceParts, server: ApolloServer<Context>, request: HttpRequest): Promise<HttpResponse> {
  const body = await readBody(request.body, internalBodyBytesMax);
  const internal = await parts.verified(request.headers[contextHeader], bodyDigest(body));
  const asked = JSON.parse(Buffer.from(body).toString('utf8')) as { query?: unknown };
  return observed(parts, internal, kindOf(String(asked.query)), () => parts.within(internal, async (ctx) => {
    const running = server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method, headers: headerMap(request), search: '', body: asked },
      context: async () => ctx,
    });
    const answer = await beforeDeadline(ctx.deadline.remainingMs(), parts.name, running);
    const text = answer.body.kind === 'complete' ? answer.body.string : '';
    return { status: answer.status ?? 200, headers: Object.fromEntries(answer.headers), body: text };
  }));
}

function observed<T>(parts: FaceParts, { tenant, traceparent }: InternalContext, kind: ObservedRequest['kind'], work: () => Promise<T>): Promise<T> {
  return observeRequest({ subgraph: parts.name, kind, tenant: tenant.id, traceparent }, work);
}

/** A route reads its own body as a stream, so the signature is over its declared digest, which the gateway puts in the context. */
async function answerRoute(parts: FaceParts, request: HttpRequest): Promise<HttpResponse> {
  const internal = await parts.verified(request.headers[contextHeader], request.headers[digestHeader]);
  return (await observed(parts, internal, 'route', () => parts.within(internal, (ctx) => parts.route(request, ctx)))) ?? json(404, { code: 'NOT_FOUND' });
}

function refused(parts: FaceParts, error: unknown): HttpResponse {
  if (error instanceof BodyTooLarge) return json(413, { errors: [{ message: error.message, extensions: { code: 'BAD_USER_INPUT' } }] });
  if (error instanceof SyntaxError) return json(400, { errors: [{ message: 'The body is not JSON.', extensions: { code: 'BAD_USER_INPUT' } }] });
  const status = error instanceof Refusal ? (error.code === 'UNAUTHENTICATED' ? 401 : 400) : 500;
  return json(status, { errors: [masked(error, parts.log)] });
}

function headerMap(request: HttpRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, value);
  return headers;
}

/** Operations of the same process: parsed and validated once per text, then run with no HTTP in between. */
function executor(parts: FaceParts): Face['execute'] {
  const documents = new LRUCache<string, DocumentNode>({ max: documentsMax });
  return async (operation) => {
    try {
      const internal = await parts.verified(operation.contextToken, undefined);
      const document = documentOf(documents, parts.schema, operation.query);
      return await observed(parts, internal, kindOf(operation.query), () => parts.within(internal, (ctx) => run(parts, document, operation, ctx)));
    } catch (error) {
      const errors = Array.isArray(error) ? error : [error];
      return { errors: errors.map((e) => masked(e, parts.log)) };
    }
  };
}

function documentOf(documents: LRUCache<string, DocumentNode>, schema: GraphQLSchema, query: string): DocumentNode {
  const known = documents.get(query);
  if (known) return known;
  const document = parse(query, { noLocation: true });
  const errors = validate(schema, document);
  if (errors.length > 0) throw errors.map((e) => new GraphQLError(e.message, { originalError: e, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }));
  documents.set(query, document);
  return document;
}

async function run(parts: FaceParts, document: DocumentNode, operation: Operation, ctx: Context): Promise<OperationAnswer> {
  const running = Promise.resolve(execute({
    schema: parts.schema, document, variableValues: operation.variables, operationName: operation.operationName, contextValue: ctx,
  }));
  const answer = await beforeDeadline(ctx.deadline.remainingMs(), parts.name, running);
  const { data, errors } = answer;
  const extensions = personSeenIn(ctx.viewer);
  return { data: data as OperationAnswer['data'], ...(errors && { errors: errors.map((e) => masked(e, ctx.log)) }), ...(extensions && { extensions }) };
}
