import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql';
import { newId } from './id.js';
import type { Log } from './log.js';
import { inputProblems, Refusal } from './refusal.js';

/** Codes that graphql-js and Apollo Server give to what is the asker's own mistake. */
const askersMistakes = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'OPERATION_RESOLUTION_FAILURE', 'BAD_REQUEST']);

/** What may leave of an error: a refusal or the asker's mistake as it is, anything else as an id to quote. The log has the rest. */
export function masked(error: unknown, log: Log): GraphQLFormattedError {
  const located = error instanceof GraphQLError ? error : new GraphQLError('Unexpected error.', { originalError: error as Error });
  const { message, locations, path } = located.toJSON();
  const extensions = outsideExtensions(located);
  if (!extensions) return internal(located, log);
  const problems = extensions['code'] === 'BAD_USER_INPUT' ? { problems: inputProblems(message, extensions['problems']) } : {};
  return { message, locations, path, extensions: { ...extensions, ...problems } };
}

/** What a refusal or an asker's mistake says of itself; undefined when it is neither. */
function outsideExtensions(error: GraphQLError): GraphQLError['extensions'] | undefined {
  if (isLiteralRefused(error)) return { code: 'BAD_USER_INPUT' };
  if (error instanceof Refusal || error.originalError instanceof Refusal || askersMistakes.has(String(error.extensions['code']))) return error.extensions;
  return error.originalError && !isArgumentRefused(error.originalError) ? undefined : { code: 'BAD_USER_INPUT' };
}

/**
 * A null given by a variable where only leaving it out is allowed: the check of the operation lets the variable pass, and graphql-js
 * refuses it when the field is read, at the value and not at the field.
 */
function isArgumentRefused(error: Error): boolean {
  const at = error instanceof GraphQLError ? error.nodes?.[0] : undefined;
  return at !== undefined && at.kind !== Kind.FIELD;
}

/** A value written into the operation that its scalar refused. The gateway knows no scalar's values, so only here it is seen. */
function isLiteralRefused({ extensions, originalError }: GraphQLError): boolean {
  return extensions['code'] === 'GRAPHQL_VALIDATION_FAILED' && originalError instanceof GraphQLError && originalError.extensions['code'] === 'BAD_USER_INPUT';
}

function internal(error: GraphQLError, log: Log): GraphQLFormattedError {
  const errorId = newId('req');
  log.error({ err: error.originalError, errorId, path: error.path }, 'A request failed on our side.');
  return { message: `Something failed on our side. Quote ${errorId}.`, path: error.path, extensions: { code: 'INTERNAL', errorId } };
}
