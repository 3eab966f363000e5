import type { GraphQLFormattedError } from 'graphql';
import type { Log } from '@haat/kit/log';
import { internalError } from './errors.js';

/** How many errors are made of one answer's missing values. */
const missingMax = 10;

interface Result {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

/**
 * The stock gateway answers null without an error where a value that must not be null is missing, such as an entity that is
 * gone, and says why in an extension. GraphQL wants an error there (section 6.4.4), and the extension is not for outside.
 */
export function withoutValueCompletion<R extends Result>(result: R, log: Log): R {
  if (!result.extensions || !('valueCompletion' in result.extensions)) return result;
  const { valueCompletion, ...kept } = result.extensions;
  const missing = (Array.isArray(valueCompletion) ? valueCompletion : []).slice(0, missingMax) as GraphQLFormattedError[];
  const errors = missing.map(({ message, path }) => internalError({ said: message }, log, path));
  const extensions = Object.keys(kept).length > 0 ? kept : undefined;
  return { ...result, extensions, errors: result.errors ?? (errors.length > 0 ? errors : undefined) };
}
