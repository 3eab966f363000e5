import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Log } from '@haat/kit/log';
import { GraphQLError, type DocumentNode } from 'graphql';
import type { DoorRequest, DoorResponse } from './door-message.js';
import type { Engine } from './engine/engine.js';
import { errorsMax, leavingError } from './errors.js';
import { asCache, keptByText } from './kept-by-text.js';
import { ceilings } from './limits/limits.js';
import type { OperationGate } from './limits/operation-gate.js';
import type { OperationContext } from './operation-context.js';
import { refusedResponse } from './refused-response.js';
import { withoutValueCompletion } from './value-completion.js';

/** Answers GraphQL requests over one supergraph. */
export interface GraphqlServer {
  /** `body` is the parsed JSON of a POST. */
  answer(request: DoorRequest, body: unknown, context: OperationContext): Promise<DoorResponse>;
  readonly subgraphs: Engine['subgraphs'];
  close(): Promise<void>;
}

/** What it is started with. */
export interface GraphqlServerOptions {
  readonly introspection: boolean;
  readonly gate: OperationGate;
  readonly log: Log;
}

/** How many characters of operations are kept parsed and validated; each takes some 150 bytes so. */
const documentCharactersMax = 1024 * 1024;

/** The only headers that Apollo Server needs to see. */
const headersForServer = ['content-type', 'accept', 'x-apollo-operation-name', 'apollo-require-preflight'];

/** Starts a server on an engine. Throws when the engine's supergraph is not good. */
export async function startGraphqlServer(engine: Engine, options: GraphqlServerOptions): Promise<GraphqlServer> {
  const { log, introspection, gate } = options;
  const server = new ApolloServer<OperationContext>({
    gateway: engine.gateway,
    plugins: [
      ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(), recording(log), gate.plugin,
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
  return {
    subgraphs: engine.subgraphs,
    async answer(request, body, context) {
      try {
        checkText(gate, request, body, context);
      } catch (error) {
        return refusedText(error, request, context, log);
      }
      return answer(server, request, body, context);
    },
    close: () => server.stop(),
  };
}

/** A request without a text is Apollo Server's to refuse. */
function checkText(gate: OperationGate, request: DoorRequest, body: unknown, context: OperationContext): void {
  const text = request.method === 'GET' ? new URLSearchParams(request.search).get('query') : (body as { query?: unknown } | undefined)?.query;
  if (typeof text === 'string' && text !== '') gate.checkText(text, context);
}

function refusedText(error: unknown, request: DoorRequest, context: OperationContext, log: Log): DoorResponse {
  if (error instanceof GraphQLError) context.record.codes = [String(error.extensions['code'])];
  const response = refusedResponse(error, request, log);
  return { ...response, status: statusOf(response.status, response.headers['content-type'], context) };
}

async function answer(server: ApolloServer<OperationContext>, request: DoorRequest, body: unknown, context: OperationContext): Promise<DoorResponse> {
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

/** By GraphQL over HTTP (section 6.4.1), `application/json` says 200 of every well-formed request, whatever became of it. */
function statusOf(status: number, contentType: string | undefined, context: OperationContext): number {
  const isOlderType = contentType?.startsWith('application/json') ?? false;
  return status === 400 && isOlderType && context.record.hash !== undefined ? 200 : status;
}

/** Writes down what the access log says, and takes out of the answer what is not for outside. */
function recording(log: Log): ApolloServerPlugin<OperationContext> {
  return {
    async requestDidStart({ contextValue: { record } }) {
      return {
        async didResolveOperation({ operationName, operation }) {
          if (!operation) throw unresolvedOperation();
          record.name = operationName ?? undefined;
          record.kind = operation.operation;
        },
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          const result = withoutValueCompletion(response.body.singleResult, log);
          response.body.singleResult = { ...result, errors: result.errors?.slice(0, errorsMax), ...(record.cost && { extensions: { ...result.extensions, cost: record.cost } }) };
          if (result.errors) record.codes = [...new Set(result.errors.map((error) => String(error.extensions?.['code'])))];
        },
      };
    },
  };
}

/** The stock gateway takes this for a failure of its own. */
function unresolvedOperation(): GraphQLError {
  const message = 'Expected operationName to name one of the operations, or only one operation without it.';
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } });
}
