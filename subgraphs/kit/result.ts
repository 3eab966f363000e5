import { createUnionType } from 'type-graphql';
import type { ClassOf } from './define.js';

/**
 * The result union of a mutation: the entity itself, and each expected problem.
 * A value is told apart by its class, or by its `__typename` when it was kept as an answer and came back as plain data.
 */
export function resultOf(name: string, description: string, types: readonly ClassOf[]): object {
  return createUnionType({
    name,
    description,
    types: () => types as never,
    resolveType: (value: { __typename?: unknown }) => (typeof value.__typename === 'string' ? value.__typename : (types.find((t) => value instanceof t) as never)),
  });
}
