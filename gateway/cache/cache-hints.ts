import { Kind, parse, valueFromASTUntyped, type ConstDirectiveNode, type DefinitionNode, type FieldDefinitionNode, type ObjectTypeDefinitionNode } from 'graphql';

/** What subgraphs say of how old answers may be: the `@cached` declarations of a supergraph. */
export interface CacheHints {
  /** In seconds, by `Type.field`. */
  readonly fields: ReadonlyMap<string, number>;
  /** In seconds, by type. */
  readonly types: ReadonlyMap<string, number>;
  /** Types that have a key of their own: they are no part of what shows them. */
  readonly entities: ReadonlySet<string>;
}

/** Reads them out of a supergraph's text. */
export function cacheHintsOf(sdl: string): CacheHints {
  const objects = parse(sdl, { noLocation: true }).definitions.filter(isObject);
  const typed = objects.flatMap((type) => pair(type.name.value, secondsOf(type.directives)));
  const fielded = objects.flatMap((type) => (type.fields ?? []).flatMap((field: FieldDefinitionNode) => pair(`${type.name.value}.${field.name.value}`, secondsOf(field.directives))));
  const entities = objects.filter(({ directives }) => directives?.some(hasKey)).map(({ name }) => name.value);
  return { fields: new Map(fielded), types: new Map(typed), entities: new Set(entities) };
}

function pair(name: string, seconds: number | undefined): [string, number][] {
  return seconds === undefined ? [] : [[name, seconds]];
}

function secondsOf(directives: readonly ConstDirectiveNode[] | undefined): number | undefined {
  const said = directives?.find(({ name }) => name.value === 'cached')?.arguments?.find(({ name }) => name.value === 'seconds');
  const seconds = said && valueFromASTUntyped(said.value);
  return typeof seconds === 'number' ? seconds : undefined;
}

/** How composition says that a subgraph finds a type by its key. */
function hasKey({ name, arguments: given = [] }: ConstDirectiveNode): boolean {
  return name.value === 'join__type' && given.some((argument) => argument.name.value === 'key');
}

function isObject(node: DefinitionNode): node is ObjectTypeDefinitionNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION;
}
