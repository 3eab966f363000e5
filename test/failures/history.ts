import { eventually } from '@haat/kit/testing/eventually';
import type { Outcome } from '../support/mutate.js';

/** A wish of a client that it was told is done. */
export interface Call {
  readonly what: string;
  /** What identifies the wish, over all tries. */
  readonly key: string;
  readonly answer: Outcome;
}

/** How long a client goes on trying, in milliseconds. */
const triesMs = 120_000;

/** What the clients did and were told, kept by themselves. */
export class History {
  readonly calls: Call[] = [];

  /** Calls until it is done, as often as it takes: with a process that dies, most tries are answered by nobody. `isDone` says whether an answer is what the client wants. */
  async untilDone(what: string, key: string, call: () => Promise<Outcome>, isDone: (answer: Outcome) => boolean): Promise<Outcome> {
    const answer = await eventually(async () => {
      const heard = await call();
      if (!isDone(heard)) throw new Error(`${what} came to ${JSON.stringify(heard)}`);
      return heard;
    }, triesMs);
    this.calls.push({ what, key, answer });
    return answer;
  }
}
