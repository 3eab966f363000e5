import type { GraphQLDataSource } from '@apollo/gateway';
import type { GraphQLFormattedError } from 'graphql';
import type { OperationAnswer } from '@haat/kit/server';
import type { Log } from '@haat/kit/log';
import { Refusal } from '@haat/kit/refusal';
import { internalError, subgraphError } from '../errors.js';
import type { OperationContext } from '../operation-context.js';
import { missingPaths, type Asked } from './missing-paths.js';

type PlanAnswer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** A subgraph's answer as the plan's runner takes it: its errors cleaned of what is not for outside. */
export function readAnswer(answer: OperationAnswer, subgraph: string, asked: Asked, log: Log): PlanAnswer {
  const errors = answer.errors?.map((error) => (isOurSignatureRefused(error, answer) ? ourFault(error, subgraph, log) : subgraphError(error, subgraph, log)));
  const data = answer.data ?? null;
  if (!errors || errors.length === 0) return { data };
  return { data, errors: data === null ? errors.flatMap((error) => placed(error, asked)) : errors };
}

/** Notes whether a subgraph looked at the person who asks: one that does not say, or gave no answer, may have. */
export function notePerson({ sharing }: OperationContext, answer?: OperationAnswer): void {
  if (sharing && answer?.extensions?.['personSeen'] !== false) sharing.personSeen = true;
}

/** The answer of a subgraph that gave none: what the plan gets from others is still answered. */
export function answerInstead(error: unknown, subgraph: string, asked: Asked, log: Log): PlanAnswer {
  const instead = error instanceof Refusal ? { message: error.message, extensions: error.extensions } : internalError({ err: error, subgraph }, log);
  return { data: null, errors: placed(instead, asked) };
}

/** An error of everything that was asked for, at each place where it leaves something out: a client finds what is missing by the path. */
function placed(error: GraphQLFormattedError, asked: Asked): GraphQLFormattedError[] {
  const paths = error.path === undefined ? missingPaths(asked) : [];
  return paths.length === 0 ? [error] : paths.map((path) => ({ ...error, path }));
}

/** Refused as a whole and at no field: not the viewer is unknown there but we are. */
function isOurSignatureRefused(error: GraphQLFormattedError, answer: OperationAnswer): boolean {
  return error.extensions?.['code'] === 'UNAUTHENTICATED' && error.path === undefined && (answer.data ?? null) === null;
}

function ourFault(error: GraphQLFormattedError, subgraph: string, log: Log): GraphQLFormattedError {
  return internalError({ subgraph, said: error.message }, log);
}
