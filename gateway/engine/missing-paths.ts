import { Kind, parse, type SelectionSetNode } from 'graphql';
import { errorsMax } from '../errors.js';

/** What a subgraph was asked for. */
export interface Asked {
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Where a subgraph that gave no answer leaves something out, as that subgraph would have said it: each field of each entity. At most as many as errors are told. */
export function missingPaths({ query = '', variables = {} }: Asked): readonly (readonly (string | number)[])[] {
  const operation = parse(query, { noLocation: true }).definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION);
  if (!operation) return [];
  const entities = operation.selectionSet.selections.find((s) => s.kind === Kind.FIELD && s.name.value === '_entities');
  if (entities?.kind !== Kind.FIELD || !entities.selectionSet) return namesIn(operation.selectionSet).slice(0, errorsMax).map((name) => [name]);
  const names = namesIn(entities.selectionSet);
  const { representations } = variables;
  const count = Array.isArray(representations) ? Math.min(representations.length, errorsMax) : 1;
  return Array.from({ length: count }, (_, at) => names.map((name) => ['_entities', at, name])).flat().slice(0, errorsMax);
}

/** Under which names fields answer, by themselves or in inline fragments; the planner's fetches have no others worth telling. */
function namesIn(set: SelectionSetNode): string[] {
  const names = set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [(selection.alias ?? selection.name).value];
    return selection.kind === Kind.INLINE_FRAGMENT ? namesIn(selection.selectionSet) : [];
  });
  return [...new Set(names)];
}
