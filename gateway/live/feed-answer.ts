import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { closeCodeOf, closeCodes } from './close-codes.js';
import { FeedEnded, type FeedEnding } from './feed-ending.js';
import type { LiveAnswer } from './shared-answers.js';

/** What becomes of an answer. */
export type Verdict = { readonly kind: 'say' } | { readonly kind: 'again' } | { readonly kind: 'end'; readonly ending: FeedEnding };

/** Codes after which asking again may help. */
const passing: ReadonlySet<unknown> = new Set(['SUBGRAPH_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'RATE_LIMITED', 'INTERNAL']);

/**
 * An answer with something in it is said as it is, errors of its parts included, as any query's. Nothing at all, and nobody
 * says why, is what a right that was lost looks like; with a part that is down it is asked again.
 */
export function verdictOn({ data, errors = [] }: Pick<LiveAnswer, 'data' | 'errors'>, responseName: string, isLastTry: boolean): Verdict {
  if (data?.[responseName] !== null && data?.[responseName] !== undefined) return { kind: 'say' };
  const [error] = errors.filter(({ path }) => path === undefined || path.length <= 1).concat(errors);
  const code = error?.extensions?.['code'];
  if (!passing.has(code)) return { kind: 'end', ending: { closeCode: error ? closeCodeOf(code) : closeCodes.forbidden, error: error ?? notYours, isForAll: false } };
  if (!isLastTry) return { kind: 'again' };
  // A bug of ours would stop the feed for good: it is said in place of the answer, and the feed goes on.
  if (code === 'INTERNAL' || !error) return { kind: 'say' };
  return { kind: 'end', ending: { closeCode: closeCodes.tryLater, error, isForAll: false } };
}

const notYours: GraphQLFormattedError = { message: 'What this listens to is not there for this viewer, or no longer.', extensions: { code: 'FORBIDDEN' } };

/** The ending that a refusal means. What is no refusal is a part that failed. */
export function endingOf(error: unknown): FeedEnding {
  if (error instanceof FeedEnded) return error.ending;
  if (!(error instanceof GraphQLError)) {
    return { closeCode: closeCodes.tryLater, error: { message: 'A part that is needed is not available right now.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }, isForAll: false };
  }
  const code = error.extensions['code'];
  return { closeCode: closeCodeOf(code), error: { message: error.message, extensions: error.extensions }, isForAll: false };
}

/** A payload as JSON. */
export function payloadOf({ text }: Pick<LiveAnswer, 'text'>, cursor: string): string {
  return `{${text},"extensions":{"cursor":"${cursor}"}}`;
}

/** An answer with its text. */
export function liveAnswer(data: LiveAnswer['data'], errors: LiveAnswer['errors']): Omit<LiveAnswer, 'personSeen'> {
  const text = JSON.stringify(errors && errors.length > 0 ? { data: data ?? null, errors } : { data: data ?? null }).slice(1, -1);
  return { data, errors, text };
}
