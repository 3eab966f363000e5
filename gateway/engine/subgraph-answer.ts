import type { GraphQLDataSource } from '@apollo/gateway';
import type { GraphQLFormattedError } from 'graphql';
import type { OperationAnswer } from '@haat/kit/server';
import type { Log } from '@haat/kit/log';
import { Refusal } from '@haat/kit/refusal';
import { internalError, subgraphError } from '../errors.js';

type PlanAnswer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** A subgraph's answer as the plan's runner takes it: its errors cleaned of what is not for outside. */
export function readAnswer(answer: OperationAnswer, subgraph: string, log: Log): PlanAnswer {
  const errors = answer.errors?.map((error) => (isOurSignatureRefused(error, answer) ? ourFault(error, subgraph, log) : subgraphError(error, subgraph, log)));
  return { data: answer.data ?? null, ...(errors && errors.length > 0 && { errors }) };
}

/** The answer of a subgraph that gave none: what the plan gets from others is still answered. */
export function answerInstead(error: unknown, subgraph: string, log: Log): PlanAnswer {
  const instead = error instanceof Refusal ? { message: error.message, extensions: error.extensions } : internalError({ err: error, subgraph }, log);
  return { data: null, errors: [instead] };
}

/** Refused as a whole and at no field: not the viewer is unknown there but we are. */
function isOurSignatureRefused(error: GraphQLFormattedError, answer: OperationAnswer): boolean {
  return error.extensions?.['code'] === 'UNAUTHENTICATED' && error.path === undefined && (answer.data ?? null) === null;
}

function ourFault(error: GraphQLFormattedError, subgraph: string, log: Log): GraphQLFormattedError {
  return internalError({ subgraph, said: error.message }, log);
}
