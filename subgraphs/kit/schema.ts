import 'reflect-metadata';
import type DataLoader from 'dataloader';
import { getNamedType, isInputObjectType, parse, validateSchema, type DocumentNode, type GraphQLSchema } from 'graphql';
import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph';
import { buildSchemaSync, createResolversMap, type BuildSchemaOptions, type NonEmptyArray } from 'type-graphql';
import { enforceAccess } from './access.js';
import { cachedDefinition } from './cached.js';
import type { Context } from './context.js';
import type { FindEntities, Representation, SubgraphDefinition } from './define.js';
import { invariant } from './invariant.js';
import { liveDefinition } from './live.js';
import { loader } from './loader.js';

/** Federation 2.10: composition 2.14 takes up to 2.14 of the specification, and nothing newer is needed. */
const federationLink = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@override", "@tag", "@composeDirective"])`;

/** How many keys of one type are looked up by one statement at most; more are split. */
const representationsMax = 1_000;

/** A subgraph's schema, ready to run, and its text for composition. */
export interface FederatedSchema {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  readonly typeDefs: DocumentNode;
}

/** Builds a federated schema from the decorated classes of a definition, with its access rules enforced. */
export function buildFederatedSchema(definition: SubgraphDefinition): FederatedSchema {
  const base = buildSchemaSync(optionsFor(definition));
  describeInputs(base);
  const body = printSubgraphSchema(base);
  const sdl = [federationLink, ...(body.includes('@live') ? [liveDefinition] : []), ...(body.includes('@cached(') ? [cachedDefinition] : []), body].join('\n');
  const typeDefs = parse(sdl, { noLocation: true });
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolversFor(base, definition) as never }]);
  const errors = validateSchema(schema);
  invariant(errors.length === 0, `The schema of ${definition.name} is not valid: ${errors.join('; ')}`);
  keepExtensions(base, schema);
  enforceAccess(schema);
  return { schema, sdl, typeDefs };
}

/** type-graphql's metadata is one global store, so resolvers and types are always named. */
function optionsFor(definition: SubgraphDefinition): BuildSchemaOptions {
  return {
    resolvers: definition.resolvers as unknown as NonEmptyArray<never>,
    orphanedTypes: [...(definition.types ?? [])] as never[],
    validate: false,
    skipCheck: true,
    // Every field is read as it is; who may read it is enforceAccess's business.
    authChecker: () => false,
    // Demanded where a subscription field is declared. The gateway serves those; nothing is ever published here.
    pubSub: { publish: () => undefined, subscribe: neverPublished },
  };
}

async function* neverPublished(): AsyncIterableIterator<never> {
  // Ends at once.
}

type ResolverMap = Record<string, Record<string, unknown>>;

function resolversFor(base: GraphQLSchema, definition: SubgraphDefinition): ResolverMap {
  const map = createResolversMap(base) as ResolverMap;
  for (const [type, find] of Object.entries(definition.references ?? {})) {
    map[type] = { ...map[type], __resolveReference: referenceResolver(find as FindEntities<Context>) };
  }
  return map;
}

/** Keys of one request are looked up together: the loader lives as long as the request's context. */
function referenceResolver(find: FindEntities<Context>) {
  const loaders = new WeakMap<Context, DataLoader<Representation, object | null>>();
  return (representation: Representation, ctx: Context) => {
    let entities = loaders.get(ctx);
    if (!entities) {
      entities = loader((keys: readonly Representation[]) => find(ctx, keys), { batchMax: representationsMax, key: (r) => JSON.stringify(r) });
      loaders.set(ctx, entities);
    }
    return entities.load(representation);
  };
}

/** A mutation's one argument, `input`, is what its type says it is: the same words in all mutations would say nothing. */
function describeInputs(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const input = field.args.find((argument) => argument.name === 'input');
    const type = input && getNamedType(input.type);
    if (input && isInputObjectType(type)) input.description ??= type.description;
  }
}

/** The round trip through text drops extensions, and the access rules are extensions. */
function keepExtensions(from: GraphQLSchema, to: GraphQLSchema): void {
  for (const type of Object.values(from.getTypeMap())) {
    const target = to.getType(type.name);
    if (type.name.startsWith('__') || !('getFields' in type) || !target || !('getFields' in target)) continue;
    const fields = target.getFields();
    for (const [name, field] of Object.entries(type.getFields())) {
      const kept = fields[name];
      if (kept) kept.extensions = { ...kept.extensions, ...field.extensions };
    }
  }
}
