import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { badInput } from '@haat/kit/refusal';
import { costOf, type Cost } from './cost.js';
import { fragmentsOf } from './expanded-size.js';
import { tooExpensive, type OperationLimits } from './limits.js';

/** Says what operations cost; those whose pages are not set by variables are counted once. */
export interface Prices {
  /** Of a valid operation of a document. */
  of(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): Cost;
}

/** Makes it. It forgets a document when the document itself is forgotten. */
export function prices(): Prices {
  const fixed = new WeakMap<OperationDefinitionNode, Cost>();
  return {
    of(schema, document, operation, variables) {
      const known = fixed.get(operation);
      if (known) return known;
      const cost = costOf({ schema, operation, fragments: fragmentsOf(document), variables });
      if (!cost.isVariable) fixed.set(operation, cost);
      return cost;
    },
  };
}

/** Refuses pages that are none with `BAD_USER_INPUT`, and what costs too much with `TOO_EXPENSIVE`. */
export function checkCost(cost: Cost, limits: OperationLimits): void {
  const tooLong = cost.largestPage > limits.pageSize
    ? [{ path: cost.largestPagePath, message: `expected a page of at most ${limits.pageSize} entries, came ${cost.largestPage}` }] : [];
  const problems = [...cost.problems, ...tooLong];
  if (problems.length > 0) throw badInput(problems.slice(0, problemsMax));
  if (cost.points > limits.queryCost) throw tooExpensive('queryCost', cost.points, limits);
}

/** How many wrong pages are told of at once. */
const problemsMax = 10;
