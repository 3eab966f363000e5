import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { badInput } from '@haat/kit/refusal';
import { costOf, dearestFields, type Cost, type CostParts } from './cost.js';
import { fragmentsOf } from './expanded-size.js';
import { tooExpensive, type OperationLimits } from './limits.js';

/** How many prices of one operation are kept, for pages of different sizes. */
const pricesMax = 50;

/** Says what operations cost; with pages of the same sizes each is counted once. */
export interface Prices {
  /** Of a valid operation of a document. */
  of(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): Cost;
}

/** What is known of one operation: the variables that decide are the same whatever their values are. */
interface Known {
  readonly decidedBy: readonly string[];
  readonly costs: LRUCache<string, Cost>;
}

/** Makes it. It forgets an operation when its document is forgotten. */
export function prices(): Prices {
  const known = new WeakMap<OperationDefinitionNode, Known>();
  return {
    of(schema, document, operation, variables) {
      const found = known.get(operation);
      const priced = found?.costs.get(valuesOf(found.decidedBy, variables));
      if (priced) return priced;
      const cost = costOf({ schema, operation, fragments: fragmentsOf(document), variables });
      const kept = found ?? { decidedBy: [...new Set(cost.decidedBy)], costs: new LRUCache({ max: pricesMax }) };
      kept.costs.set(valuesOf(kept.decidedBy, variables), cost);
      known.set(operation, kept);
      return cost;
    },
  };
}

/** Only numbers set a page; a variable that was not given is another thing than one that is no number. */
function valuesOf(names: readonly string[], variables: Readonly<Record<string, unknown>>): string {
  return names.map((name) => (Object.hasOwn(variables, name) ? String(typeof variables[name] === 'number' ? variables[name] : 'none') : '')).join(' ');
}

/** Refuses pages that are none with `BAD_USER_INPUT`, and what costs too much with `TOO_EXPENSIVE`, which names the dearest fields. */
export function checkCost(cost: Cost, limits: OperationLimits, parts: CostParts): void {
  const tooLong = cost.largestPage > limits.pageSize
    ? [{ path: cost.largestPagePath, message: `expected a page of at most ${limits.pageSize} entries, came ${cost.largestPage}` }] : [];
  const problems = [...cost.problems, ...tooLong];
  if (problems.length > 0) throw badInput(problems.slice(0, problemsMax));
  if (cost.points > limits.queryCost) throw tooExpensive('queryCost', cost.points, limits, dearestFields(parts, dearestMax));
}

/** How many of the dearest fields are told of. */
const dearestMax = 5;

/** How many wrong pages are told of at once. */
const problemsMax = 10;
