import {
  getNamedType, isAbstractType, isCompositeType, isInterfaceType, isObjectType, Kind,
  type DocumentNode, type GraphQLCompositeType, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql';
import { fragmentsOf, type Fragments } from '../limits/expanded-size.js';
import type { CacheHints } from './cache-hints.js';

/**
 * How old the answer to a valid query may be, in seconds: the least of all that it selects, over all subgraphs. 0 when anything
 * in it may not be kept: a root field or an entity of which nobody said how long.
 */
export function cacheSeconds(schema: GraphQLSchema, hints: CacheHints, document: DocumentNode, operation: OperationDefinitionNode): number {
  const root = schema.getQueryType();
  if (operation.operation !== 'query' || !root) return 0;
  const least = leastOf({ schema, hints, fragments: fragmentsOf(document) }, operation.selectionSet, root, undefined);
  return Number.isFinite(least) ? least : 0;
}

interface Reading {
  readonly schema: GraphQLSchema;
  readonly hints: CacheHints;
  readonly fragments: Fragments;
}

/** `inherited` is undefined at the root, where nothing is part of anything. */
function leastOf(reading: Reading, set: SelectionSetNode, type: GraphQLCompositeType, inherited: number | undefined): number {
  const all = set.selections.map((selection): number => {
    if (selection.kind === Kind.FIELD) return ofField(reading, selection.name.value, selection.selectionSet, type, inherited);
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : reading.fragments.get(selection.name.value);
    const condition = fragment?.typeCondition && reading.schema.getType(fragment.typeCondition.name.value);
    if (!fragment) return 0;
    return leastOf(reading, fragment.selectionSet, isCompositeType(condition) ? condition : type, inherited);
  });
  return Math.min(...all);
}

function ofField(reading: Reading, name: string, set: SelectionSetNode | undefined, type: GraphQLCompositeType, inherited: number | undefined): number {
  if (name === '__typename') return inherited ?? Number.POSITIVE_INFINITY;
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  if (!field) return 0;
  const answered = getNamedType(field.type);
  const seconds = secondsAt(reading.hints, `${type.name}.${name}`, answered.name, inherited);
  if (seconds === 0 || !set || !isCompositeType(answered)) return seconds;
  return Math.min(seconds, leastOf(reading, set, answered, seconds), ...possible(reading, answered).map((each) => secondsAt(reading.hints, '', each, seconds)));
}

/** What the field says, else its type, else what it is part of; an entity is part of nothing. */
function secondsAt({ fields, types, entities }: CacheHints, field: string, type: string, inherited: number | undefined): number {
  return fields.get(field) ?? types.get(type) ?? (entities.has(type) ? 0 : (inherited ?? 0));
}

/** Of an interface or union, every type that could come. */
function possible({ schema }: Reading, type: GraphQLCompositeType): string[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [];
}
