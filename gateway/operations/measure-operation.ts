import type { operationsMeasure } from '@haat/schema/asks/gateway';
import { GraphQLError, Kind, parse, validate, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { z } from 'zod';
import { costOf, type CostParts } from '../limits/cost.js';
import { checkSize, documentSize } from '../limits/document-size.js';
import { fragmentsOf } from '../limits/expanded-size.js';
import type { OperationLimits } from '../limits/limits.js';
import { checkCost } from '../limits/priced.js';

/** What an operation is, or why it is none that could run. */
export type MeasuredOperation = z.output<typeof operationsMeasure.output>['operations'][number];

/** How many problems of one text are told of. */
const problemsMax = 10;

/** Measures a text as the door would when it is asked to run it, before anybody asks. Nothing is planned, nothing kept. */
export function measureOperation(schema: GraphQLSchema, text: string, limits: OperationLimits): MeasuredOperation {
  let document: DocumentNode;
  try {
    checkSize(documentSize(text), limits);
    document = parse(text);
  } catch (error) {
    return bad(null, error);
  }
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  const name = operation?.name?.value;
  if (!operation || operations.length > 1 || name === undefined) return { isGood: false, name: name ?? null, problems: ['Expected one operation with a name.'] };
  const errors = validate(schema, document);
  if (errors.length > 0) return { isGood: false, name, problems: errors.slice(0, problemsMax).map(({ message }) => message) };
  try {
    return { isGood: true, name, kind: operation.operation, ...pricesOf(schema, document, operation, limits) };
  } catch (error) {
    return bad(name, error);
  }
}

/** Without variables, and with each variable that sets a page at the longest one. What never could run is refused. */
function pricesOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, limits: OperationLimits): { readonly points: number; readonly pointsMax: number } {
  const partsWith = (variables: Readonly<Record<string, unknown>>): CostParts => ({ schema, operation, fragments: fragmentsOf(document), variables });
  const usual = costOf(partsWith({}));
  checkCost(usual, limits, partsWith({}));
  const dearest = costOf(partsWith(Object.fromEntries(usual.decidedBy.map((variable) => [variable, limits.pageSize]))));
  return { points: usual.points, pointsMax: Math.max(usual.points, dearest.points) };
}

function bad(name: string | null, error: unknown): MeasuredOperation {
  if (!(error instanceof GraphQLError)) throw error;
  return { isGood: false, name, problems: [error.message] };
}
