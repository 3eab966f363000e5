import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { Log } from '@haat/kit/log';
import type { OperationContext } from '../operation-context.js';

type GatewayInterface = ApolloServerOptionsWithGateway<OperationContext>['gateway'];

/** Runs operations over one supergraph, which never changes: another supergraph is another engine. */
export interface Engine {
  /** What Apollo Server takes its schema and its executor from. */
  readonly gateway: GatewayInterface;
  /** The subgraphs that the supergraph was composed of, once loaded. */
  readonly subgraphs: ReadonlyMap<string, { readonly url?: string }>;
}

/** How a subgraph is asked. Throws a sentence when it is not known how. */
export type SourceFor = (name: string, url: string | undefined) => GraphQLDataSource<OperationContext>;

/** How much of its memory plans may take, in megabytes, before the least used are made anew. */
const plansMegabytesMax = 64;

/** Makes an engine on the stock gateway. A supergraph that is not good is refused when it is loaded, not here. */
export function makeEngine(sdl: string, sourceFor: SourceFor, log: Log): Engine {
  // Read when the gateway is made: without it, it sends figures about us to its makers.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const subgraphs = new Map<string, { url?: string }>();
  const gateway = new ApolloGateway({
    supergraphSdl: sdl,
    validateSupergraph: true,
    experimental_approximateQueryPlanStoreMiB: plansMegabytesMax,
    // Plans name subgraphs; nobody outside may ask for them.
    __exposeQueryPlanExperimental: false,
    logger: log.child({ part: 'engine' }, { level: 'warn' }),
    buildService: ({ name, url }) => {
      subgraphs.set(name, { url });
      return sourceFor(name, url);
    },
  });
  return { gateway: gateway as GatewayInterface, subgraphs };
}
