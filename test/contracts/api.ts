import { access } from 'node:fs/promises';
import { type GraphQLField, type GraphQLSchema, isObjectType, Kind, type ConstDirectiveNode } from 'graphql';
import { accessOf } from '@haat/kit/access';
import type { SubgraphDefinition } from '@haat/kit/define';
import { buildFederatedSchema } from '@haat/kit/schema';
import { subgraphs } from '@haat/local/subgraphs';
import type { SubgraphCases, WallCase } from './case.js';

/** A root field of the API, and whose it is. */
export interface RootField {
  readonly subgraph: string;
  /** Such as `Query.tenant`. */
  readonly name: string;
  readonly access: ReturnType<typeof accessOf>;
}

/** A type that other subgraphs may ask for by its key. */
export interface Entity {
  readonly subgraph: string;
  readonly type: string;
  /** Whether the definition says how it is found. */
  readonly isFound: boolean;
}

/** Every root field of every subgraph. */
export function rootFields(): RootField[] {
  return subgraphs.flatMap((definition) => rootFieldsOf(definition));
}

/** Every entity that a subgraph resolves. */
export function entities(): Entity[] {
  return subgraphs.flatMap((definition) => entitiesOf(definition));
}

/** The cases and samples of a subgraph; none where nobody wrote any, so that the rest is still shown and what is missing is named. */
export async function casesOf(subgraph: string): Promise<SubgraphCases> {
  const path = `./cases/${subgraph}.js`;
  const isThere = await access(new URL(path, import.meta.url)).then(() => true, () => false);
  return isThere ? ((await import(path)) as SubgraphCases) : { cases: [], samples: {} };
}

/** Every case of every subgraph, as a table of tests takes it. */
export async function allCases(): Promise<(WallCase & { readonly subgraph: string; readonly when: string; readonly isApartByVendor: boolean })[]> {
  const found = await Promise.all(subgraphs.map(async ({ name }) => {
    const { cases, isApartByVendor = false } = await casesOf(name);
    return cases.map((each) => ({ ...each, subgraph: name, when: each.when ?? '', isApartByVendor }));
  }));
  return found.flat();
}

const ofFederation = new Set(['_entities', '_service']);

function rootFieldsOf(definition: SubgraphDefinition): RootField[] {
  const { schema } = buildFederatedSchema(definition);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((root) => Object.values(root?.getFields() ?? {})
    .filter((field) => !ofFederation.has(field.name))
    .map((field) => ({ subgraph: definition.name, name: `${root?.name}.${field.name}`, access: accessOf(field as GraphQLField<unknown, unknown>) })));
}

function entitiesOf(definition: SubgraphDefinition): Entity[] {
  const { schema } = buildFederatedSchema(definition);
  return keyedTypes(schema).map((type) => ({ subgraph: definition.name, type, isFound: definition.references?.[type] !== undefined }));
}

function keyedTypes(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
  return types.filter((type) => directivesOf(type).some((directive) => directive.name.value === 'key' && isResolvable(directive))).map((type) => type.name);
}

function directivesOf(type: { readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null; readonly extensionASTNodes?: readonly { readonly directives?: readonly ConstDirectiveNode[] }[] }): readonly ConstDirectiveNode[] {
  return [type.astNode, ...(type.extensionASTNodes ?? [])].flatMap((node) => node?.directives ?? []);
}

function isResolvable(key: ConstDirectiveNode): boolean {
  const argument = key.arguments?.find(({ name }) => name.value === 'resolvable')?.value;
  return !(argument?.kind === Kind.BOOLEAN && !argument.value);
}
