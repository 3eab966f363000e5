import { ApolloGateway, type GatewayConfig, type GraphQLDataSource } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { LiveField } from '@haat/kit/live-field';
import type { Log } from '@haat/kit/log';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { cacheHintsOf, type CacheHints } from '../cache/cache-hints.js';
import { asCache, keptByText } from '../kept-by-text.js';
import { liveFieldsOf } from '../live/live-fields.js';
import type { OperationContext } from '../operation-context.js';

/** The planner's package is not ours to import. */
type PlanCache = NonNullable<NonNullable<GatewayConfig['queryPlannerConfig']>['cache']>;
type QueryPlan = NonNullable<Awaited<ReturnType<PlanCache['get']>>>;

type GatewayInterface = ApolloServerOptionsWithGateway<OperationContext>['gateway'];

/** Runs operations over one supergraph, which never changes: another supergraph is another engine. */
export interface Engine {
  /** What Apollo Server takes its schema and its executor from. */
  readonly gateway: GatewayInterface;
  /** What clients see, once loaded. */
  readonly apiSchema: GraphQLSchema;
  /** The live fields that subgraphs declare. */
  readonly liveFields: ReadonlyMap<string, LiveField>;
  /** How old answers may be, as subgraphs declare it. */
  readonly cacheHints: CacheHints;
  /** The subgraphs that the supergraph was composed of, once loaded. */
  readonly subgraphs: ReadonlyMap<string, { readonly url?: string }>;
}

/** How a subgraph is asked. Throws a sentence when it is not known how. */
export type SourceFor = (name: string, url: string | undefined) => GraphQLDataSource<OperationContext>;

/** How many characters plans may take as JSON, all together. */
const planCharactersMax = 32 * 1024 * 1024;

/**
 * How many plans of one operation are compared at most. Fields that many subgraphs know multiply the ways to get them;
 * beyond this the planner takes the best that it has seen.
 */
const plansComparedMax = 1_000;

/** How many ways to reach one field are followed at most; an operation with more is refused. */
const pathsMax = 1_000;

/** Makes an engine on the stock gateway. A supergraph that is not good is refused when it is loaded, not here. */
export function makeEngine(sdl: string, sourceFor: SourceFor, log: Log): Engine {
  // Read when the gateway is made: without it, it sends figures about us to its makers.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const subgraphs = new Map<string, { url?: string }>();
  const gateway = new ApolloGateway({
    supergraphSdl: sdl,
    validateSupergraph: true,
    queryPlannerConfig: {
      cache: asCache(keptByText<QueryPlan>({ what: 'plans', sizeMax: planCharactersMax, sizeOf: (plan) => JSON.stringify(plan).length })),
      debug: { maxEvaluatedPlans: plansComparedMax, pathsLimit: pathsMax },
    },
    // Plans name subgraphs; nobody outside may ask for them.
    __exposeQueryPlanExperimental: false,
    logger: log.child({ part: 'engine' }, { level: 'warn' }),
    buildService: ({ name, url }) => {
      subgraphs.set(name, { url });
      return sourceFor(name, url);
    },
  });
  let apiSchema: GraphQLSchema | undefined;
  gateway.onSchemaLoadOrUpdate((loaded) => { apiSchema = loaded.apiSchema; });
  return {
    gateway: refusingLargePlans(gateway as NonNullable<GatewayInterface>), subgraphs, liveFields: liveFieldsOf(sdl), cacheHints: cacheHintsOf(sdl),
    get apiSchema() {
      if (!apiSchema) throw new Error('The supergraph is not loaded yet.');
      return apiSchema;
    },
  };
}

/** What the planner says, in words only, of an operation that it gives up. */
const givenUp = /^Too many options generated|^Number of non-local selections exceeds/;

function refusingLargePlans(gateway: NonNullable<GatewayInterface>): GatewayInterface {
  return {
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: () => gateway.stop(),
    async load(options) {
      const { executor } = await gateway.load(options);
      return { executor: executor && ((request) => executor(request).catch((error: unknown) => { throw refusedPlan(error); })) };
    },
  };
}

function refusedPlan(error: unknown): unknown {
  if (!(error instanceof Error) || !givenUp.test(error.message)) return error;
  const extensions = { code: 'TOO_EXPENSIVE', http: { status: 400 } };
  return new GraphQLError('There are too many ways to answer this operation: ask for less at once.', { extensions });
}
