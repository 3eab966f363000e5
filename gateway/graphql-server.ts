import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { newId } from '@haat/kit/id';
import type { Log } from '@haat/kit/log';
import { GraphQLError, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { cacheSeconds } from './cache/cache-seconds.js';
import type { DoorRequest, DoorResponse } from './door-message.js';
import type { Engine } from './engine/engine.js';
import { errorsMax, leavingError } from './errors.js';
import { asCache, keptByText } from './kept-by-text.js';
import { ceilings } from './limits/limits.js';
import type { OperationGate } from './limits/operation-gate.js';
import { liveAnswer } from './live/feed-answer.js';
import { asksForSubscription, liveOperations, subscriptionText, type AskedSubscription, type LiveOperation } from './live/live-operation.js';
import type { LiveAnswer } from './live/shared-answers.js';
import type { OperationContext } from './operation-context.js';
import { askedOperation, asksForKnownOnly, knownOnlyHeader, withoutPersistedQuery, type AskedOperation } from './operations/asked-operation.js';
import type { KnownOperations } from './operations/known-operations.js';
import { refusedResponse } from './refused-response.js';
import { withoutValueCompletion } from './value-completion.js';

/** Answers GraphQL requests over one supergraph. */
export interface GraphqlServer {
  /** `body` is the parsed JSON of a POST. */
  answer(request: DoorRequest, body: unknown, context: OperationContext): Promise<DoorResponse>;
  /** Whether a subscription is asked for, by text or id. Throws what it is refused with. */
  asksForSubscription(asked: AskedSubscription, context: OperationContext): Promise<boolean>;
  /** Reads a subscription by the rules for every operation, and takes its price. Throws what it is refused with. */
  prepareLive(asked: AskedSubscription, context: OperationContext): Promise<LiveOperation>;
  /** Asks for a subscription's answer. It was measured and paid for when the subscription began. */
  refetch(query: RefetchQuery, context: OperationContext): Promise<LiveAnswer>;
  readonly subgraphs: Engine['subgraphs'];
  /** What clients see. */
  schema(): GraphQLSchema;
  close(): Promise<void>;
}

/** The query that answers a subscription's event. */
export interface RefetchQuery {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** What it is started with. */
export interface GraphqlServerOptions {
  readonly introspection: boolean;
  readonly gate: OperationGate;
  readonly operations: KnownOperations;
  readonly log: Log;
}

/** How many characters of operations are kept parsed and validated; each takes some 150 bytes so. */
const documentCharactersMax = 1024 * 1024;

/** The only headers that Apollo Server needs to see. */
const headersForServer = ['content-type', 'accept', 'x-apollo-operation-name', 'apollo-require-preflight'];

/** Starts a server on an engine. Throws when the engine's supergraph is not good. */
export async function startGraphqlServer(engine: Engine, options: GraphqlServerOptions): Promise<GraphqlServer> {
  const { log, introspection, gate, operations } = options;
  const server = new ApolloServer<OperationContext>({
    gateway: engine.gateway,
    plugins: [
      ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(), recording(log, keepingOf(engine)), gate.plugin,
    ],
    csrfPrevention: true,
    persistedQueries: false,
    documentStore: asCache(keptByText<DocumentNode>({ what: 'documents', sizeMax: documentCharactersMax, sizeOf: ({ loc }) => loc?.source.body.length ?? 0 })),
    introspection,
    parseOptions: { maxTokens: ceilings.queryTokens },
    validationOptions: { maxErrors: errorsMax },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (_, error) => leavingError(error, log, !introspection),
    logger: log.child({ part: 'graphql' }, { level: 'warn' }),
    nodeEnv: 'production',
  });
  await server.start();
  const live = liveOperations(engine.apiSchema, engine.liveFields);
  return {
    subgraphs: engine.subgraphs,
    schema: () => engine.apiSchema,
    async asksForSubscription({ asked, isHeld }, context) {
      const resolved = await operations.resolve(asked, context, isHeld);
      return resolved !== undefined && asksForSubscription(resolved.query, asked.operationName);
    },
    async prepareLive(subscription, context) {
      gate.checkSender(context);
      const resolved = await operations.resolve(subscription.asked, context, subscription.isHeld);
      const text = subscriptionText(resolved?.query ?? '', subscription);
      gate.checkText(text.query, context);
      const prepared = live.prepare(text);
      await gate.checkOperation({ schema: engine.apiSchema, ...prepared, variables: text.variables }, context);
      return live.withVariables(prepared, text);
    },
    refetch: (query, context) => refetch(server, query, contextForMany(context)),
    async answer(request, body, context) {
      let asked: AskedToRun;
      try {
        gate.checkSender(context);
        asked = await textToRun(operations, request, body, context);
        if (asked.text !== undefined) gate.checkText(asked.text, context);
      } catch (error) {
        return refusedText(error, request, context, log);
      }
      return answer(server, asked, context);
    },
    close: () => server.stop(),
  };
}

/** A request as Apollo Server gets it: with a text, and without an id. */
interface AskedToRun {
  readonly request: Pick<DoorRequest, 'method' | 'search' | 'headers'>;
  readonly body: unknown;
  readonly text?: string;
}

/** A request without a text, and one whose body is none, is Apollo Server's to refuse. */
async function textToRun(operations: KnownOperations, request: DoorRequest, body: unknown, context: OperationContext): Promise<AskedToRun> {
  const asked = askedOperation(request, body);
  const resolved = await operations.resolve(asked, context, asksForKnownOnly(request.headers[knownOnlyHeader]));
  if (!resolved) return { request, body };
  const { query: text } = resolved;
  const said = { query: text, operationName: asked.operationName, variables: asked.variables, extensions: withoutPersistedQuery(asked.extensions) };
  const runs = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  if (request.method !== 'GET') return { request, body: runs, text };
  // A page of another origin can send no text of its own this way, and nobody is known by a cookie.
  const headers = resolved.id === undefined ? request.headers : { ...request.headers, 'apollo-require-preflight': 'known' };
  return { request: { method: 'GET', search: searchOf(runs), headers }, body, text };
}

function searchOf(runs: AskedOperation): string {
  return `?${new URLSearchParams(Object.entries(runs).filter((pair): pair is [string, string] => typeof pair[1] === 'string')).toString()}`;
}

function refusedText(error: unknown, request: DoorRequest, context: OperationContext, log: Log): DoorResponse {
  if (error instanceof GraphQLError) context.record.codes = [String(error.extensions['code'])];
  const response = refusedResponse(error, request, log);
  return { ...response, status: statusOf(response.status, response.headers['content-type'], context) };
}

async function answer(server: ApolloServer<OperationContext>, { request, body }: AskedToRun, context: OperationContext): Promise<DoorResponse> {
  const headers = new HeaderMap();
  for (const name of headersForServer) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  const { method, search } = request;
  const response = await server.executeHTTPGraphQLRequest({ httpGraphQLRequest: { method, headers, search, body }, context: async () => context });
  const text = response.body.kind === 'complete' ? response.body.string : '';
  const status = statusOf(response.status ?? 200, response.headers.get('content-type'), context);
  return { status, headers: Object.fromEntries(response.headers), body: text };
}

/** Others may wait for the same answer: it does not end with the one who asked first. */
function contextForMany(context: OperationContext): OperationContext {
  const internal = { ...context.internal, requestId: newId('req'), shareable: true };
  return { ...context, internal, gone: new AbortController().signal, tokens: new Map(), isPaid: true, sharing: { personSeen: false } };
}

async function refetch(server: ApolloServer<OperationContext>, { query, variables, operationName }: RefetchQuery, contextValue: OperationContext): Promise<LiveAnswer> {
  const { body } = await server.executeOperation({ query, variables: { ...variables }, operationName }, { contextValue });
  if (body.kind !== 'single') throw new Error('The answer to an event came in parts.');
  return { ...liveAnswer(body.singleResult.data, body.singleResult.errors), personSeen: contextValue.sharing?.personSeen ?? true };
}

/** By GraphQL over HTTP (section 6.4.1), `application/json` says 200 of every well-formed request, whatever became of it. */
function statusOf(status: number, contentType: string | undefined, context: OperationContext): number {
  const isOlderType = contentType?.startsWith('application/json') ?? false;
  return status === 400 && isOlderType && context.record.hash !== undefined ? 200 : status;
}

/** Writes down what the access log says, and takes out of the answer what is not for outside. */
function recording(log: Log, keepSeconds: KeepSeconds): ApolloServerPlugin<OperationContext> {
  return {
    async requestDidStart({ contextValue: { record }, request: { http } }) {
      return {
        async didResolveOperation({ operationName, operation, document }) {
          if (!operation) throw unresolvedOperation();
          record.name = operationName ?? undefined;
          record.kind = operation.operation;
          if (operation.operation === 'subscription') throw notListenedTo();
          if (operation.operation === 'query') record.keepSeconds = keepSeconds(document, operation);
        },
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          const result = withoutValueCompletion(response.body.singleResult, log);
          response.body.singleResult = { ...result, errors: result.errors?.slice(0, errorsMax), ...(record.cost && { extensions: { ...result.extensions, cost: http?.method === 'GET' ? ofAnybody(record.cost) : record.cost } }) };
          if (result.errors) record.codes = [...new Set(result.errors.map((error) => String(error.extensions?.['code'])))];
        },
      };
    },
  };
}

/** What an answer that may be kept says of its cost: not what this caller has left. */
function ofAnybody({ requested, limit }: NonNullable<OperationContext['record']['cost']>): Pick<NonNullable<OperationContext['record']['cost']>, 'requested' | 'limit'> {
  return { requested, limit };
}

type KeepSeconds = (document: DocumentNode, operation: OperationDefinitionNode) => number;

/** Reads each operation's hints once. */
function keepingOf(engine: Engine): KeepSeconds {
  const known = new WeakMap<OperationDefinitionNode, number>();
  return (document, operation) => {
    const seconds = known.get(operation) ?? cacheSeconds(engine.apiSchema, engine.cacheHints, document, operation);
    known.set(operation, seconds);
    return seconds;
  };
}

/** The stock gateway takes this for a failure of its own. */
function unresolvedOperation(): GraphQLError {
  const message = 'Expected operationName to name one of the operations, or only one operation without it.';
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } });
}

/** The same of an operation without an end that is asked for as if it had one. */
function notListenedTo(): GraphQLError {
  const message = 'Expected a query or a mutation. A subscription is listened to over a WebSocket, or with accept: text/event-stream.';
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
}
