import type { Answered } from '@haat/transport-client/ask';
import type { Speech } from '../words/speech.js';
import { wordFor } from '../words/words.js';

/** What was asked did not come: the door's code, or `UNREACHABLE` where there was no answer. */
export class Refused extends Error {
  constructor(readonly code: string, message: string, /** It may be asked again after so many milliseconds. */ readonly retryAfterMs?: number) {
    super(message);
    this.name = 'Refused';
  }
}

/** The data of an answer; parts of it may be null where a part of the marketplace did not answer. Throws {@link Refused} where there is none. */
export function dataOf<D>({ data, errors }: Answered<D>): D {
  if (data) return data;
  const error = errors?.[0];
  const { code, retryAfterMs } = (error?.extensions ?? {}) as { readonly code?: string; readonly retryAfterMs?: number };
  throw new Refused(code ?? 'UNKNOWN', error?.message ?? '', retryAfterMs);
}

/** The same for what did not arrive at all. */
export function unreachable(error: unknown): Refused {
  return error instanceof Refused ? error : new Refused('UNREACHABLE', error instanceof Error ? error.message : String(error));
}

/** An expected problem, as a mutation answers it. */
export interface ProblemAnswer {
  readonly __typename: string;
  readonly message?: string;
}

/** Says a problem in the language of the page, and in the door's own words where there are none here. */
export function sayProblem(speech: Speech, { __typename, message }: ProblemAnswer): string {
  const word = wordFor('problem', __typename);
  return word ? speech.say(word) : speech.say('problem.UNKNOWN', { why: message ?? __typename });
}

/** Says why something that was asked did not come. */
export function sayRefused(speech: Speech, error: unknown): string {
  const { code, message } = unreachable(error);
  return sayProblem(speech, { __typename: code, message });
}
