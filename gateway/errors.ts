import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { newId } from '@haat/kit/id';
import type { Log } from '@haat/kit/log';
import { inputProblems, type RefusalCode } from '@haat/kit/refusal';

/** Codes of ours that a client may see with the message as it is. */
const refusalCodes: ReadonlySet<string> = new Set<RefusalCode>([
  'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'TENANT_UNKNOWN', 'RATE_LIMITED', 'TOO_EXPENSIVE', 'OPERATION_NOT_ALLOWED',
  'IDEMPOTENCY_KEY_REUSED', 'CONFLICT_IN_PROGRESS', 'DEADLINE_EXCEEDED', 'SUBGRAPH_UNAVAILABLE',
]);

/** Codes that Apollo Server gives to the asker's own mistakes, before anything ran; outside all are `BAD_USER_INPUT`. */
const askersMistakes: ReadonlySet<string> = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE', 'BAD_REQUEST']);

/** Facts of an error that say something of the inside: whose it was, how it came to be, which HTTP status it wished for. */
const insideFacts = ['serviceName', 'stacktrace', 'exception', 'http', 'service', 'subgraph'];

/** How many errors one answer tells of, and of each how many places in the text. */
export const errorsMax = 10;

/** Suggestions would spell out a schema that may not be asked for. They end a message of GraphQL's own checks. */
const suggestion = / ?Did you mean .*\?$/s;

/**
 * What may leave the building of an error; the log gets the rest. Anything without a known code becomes an id to quote.
 * Where the schema is hidden, so are its names that were not asked for.
 */
export function leavingError(error: unknown, log: Log, isSchemaHidden = false): GraphQLFormattedError {
  if (!(error instanceof GraphQLError)) return internalError({ err: error }, log);
  if (error.extensions['validationErrorCode'] === 'INTROSPECTION_DISABLED') return introspected(error);
  const { message: whole, locations: places, path } = error.toJSON();
  const locations = places?.slice(0, errorsMax);
  const message = isSchemaHidden ? whole.replace(suggestion, '') : whole;
  const code = String(error.extensions['code']);
  if (refusalCodes.has(code) || askersMistakes.has(code)) {
    const known = refusalCodes.has(code) ? code : 'BAD_USER_INPUT';
    return { message, locations, path, extensions: { ...factsFor(known, message, error.extensions), code: known } };
  }
  const errorId = error.extensions['errorId'];
  if (code === 'INTERNAL' && typeof errorId === 'string') return quotable(errorId, path);
  return internalError({ err: error.originalError ?? error }, log, path);
}

/** What may be taken from a subgraph's error: refusals as they are. What else it says stays with us, in the log. */
export function subgraphError(error: GraphQLFormattedError, subgraph: string, log: Log): GraphQLFormattedError {
  const extensions = error.extensions ?? {};
  const code = String(extensions['code']);
  if (refusalCodes.has(code)) return { message: error.message, path: error.path, extensions: factsFor(code, error.message, extensions) };
  const errorId = extensions['errorId'];
  if (code === 'INTERNAL' && typeof errorId === 'string' && idShape.test(errorId)) return quotable(errorId, error.path);
  return internalError({ subgraph, said: error.message, code }, log, error.path);
}

/** Our own fault, to the client: an id to quote and nothing else. */
export function internalError(facts: Readonly<Record<string, unknown>>, log: Log, path?: readonly (string | number)[]): GraphQLFormattedError {
  const errorId = newId('req');
  log.error({ ...facts, errorId, path }, 'A request failed on our side.');
  return quotable(errorId, path);
}

const idShape = /^[a-z]+_[0-9a-f-]{36}$/;

function introspected(error: GraphQLError): GraphQLFormattedError {
  const message = 'The schema may not be asked for here.';
  return { message, locations: error.toJSON().locations, extensions: { code: 'BAD_USER_INPUT', problems: inputProblems(message, undefined) } };
}

function quotable(errorId: string, path?: readonly (string | number)[]): GraphQLFormattedError {
  return { message: `Something failed on our side. Quote ${errorId}.`, path, extensions: { code: 'INTERNAL', errorId } };
}

/** Every input that is not accepted says what is wrong with it, whoever refused it. */
function factsFor(code: string, message: string, extensions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...outsideFacts(extensions), ...(code === 'BAD_USER_INPUT' && { problems: inputProblems(message, extensions['problems']) }) };
}

function outsideFacts(extensions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(extensions).filter(([name]) => !insideFacts.includes(name)));
}
