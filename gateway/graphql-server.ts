import { createHash } from 'node:crypto';
import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Log } from '@haat/kit/log';
import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { DoorRequest, DoorResponse } from './door-message.js';
import type { Engine } from './engine/engine.js';
import { leavingError } from './errors.js';
import type { OperationContext } from './operation-context.js';
import { withoutValueCompletion } from './value-completion.js';

/** Answers GraphQL requests over one supergraph. */
export interface GraphqlServer {
  /** `body` is the parsed JSON of a POST. */
  answer(request: DoorRequest, body: unknown, context: OperationContext): Promise<DoorResponse>;
  readonly subgraphs: Engine['subgraphs'];
  close(): Promise<void>;
}

/** How many hashes of operations are kept, so that a text is hashed once. */
const hashesMax = 5_000;

/** The only headers that Apollo Server needs to see. */
const headersForServer = ['content-type', 'accept', 'x-apollo-operation-name', 'apollo-require-preflight'];

/** Starts a server on an engine. Throws when the engine's supergraph is not good. */
export async function startGraphqlServer(engine: Engine, options: { readonly introspection: boolean; readonly log: Log }): Promise<GraphqlServer> {
  const { log, introspection } = options;
  const server = new ApolloServer<OperationContext>({
    gateway: engine.gateway,
    plugins: [
      ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(), recording(log),
    ],
    csrfPrevention: true,
    persistedQueries: false,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (_, error) => leavingError(error, log),
    logger: log.child({ part: 'graphql' }, { level: 'warn' }),
    nodeEnv: 'production',
  });
  await server.start();
  return {
    subgraphs: engine.subgraphs,
    answer: (request, body, context) => answer(server, request, body, context),
    close: () => server.stop(),
  };
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
  return { status: statusOf(response.status ?? 200, response.headers, context), headers: Object.fromEntries(response.headers), body: text };
}

/** By GraphQL over HTTP (section 6.4.1), `application/json` says 200 of every well-formed request, whatever became of it. */
function statusOf(status: number, headers: HeaderMap, context: OperationContext): number {
  const isOlderType = headers.get('content-type')?.startsWith('application/json') ?? false;
  return status === 400 && isOlderType && context.record.hash !== undefined ? 200 : status;
}

/** Writes down what the access log says, and takes out of the answer what is not for outside. */
function recording(log: Log): ApolloServerPlugin<OperationContext> {
  const hashes = new LRUCache<string, string>({ max: hashesMax });
  return {
    async requestDidStart({ contextValue: { record } }) {
      return {
        async didResolveSource({ source }) {
          record.hash = hashOf(hashes, source);
        },
        async didResolveOperation({ operationName, operation }) {
          if (!operation) throw unresolvedOperation();
          record.name = operationName ?? undefined;
          record.kind = operation.operation;
        },
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          const result = withoutValueCompletion(response.body.singleResult, log);
          response.body.singleResult = result;
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

function hashOf(hashes: LRUCache<string, string>, source: string): string {
  const known = hashes.get(source);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(source).digest('hex');
  hashes.set(source, hash);
  return hash;
}
