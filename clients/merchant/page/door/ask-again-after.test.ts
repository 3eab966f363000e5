import { QueryClient } from '@tanstack/react-query';
import { afterEach, describe, expect, it } from 'vitest';
import { askAgainAfter } from './ask-again-after.js';

const queryKey = ['orders'];

describe('a list that is being asked for', () => {
  const queries = new QueryClient();
  afterEach(() => queries.clear());

  /** Asks whose answers come when they are let; each says the how manieth it is. */
  function asking() {
    const answers: PromiseWithResolvers<number>[] = [];
    const ask = () => {
      answers.push(Promise.withResolvers());
      return answers.at(-1)?.promise ?? 0;
    };
    const listening = queries.getQueryCache().build(queries, { queryKey, queryFn: ask });
    return { answers, listening };
  }

  it('is asked for once more when its answer has come, however much news there was', async () => {
    const { answers, listening } = asking();
    const first = listening.fetch();
    for (let n = 0; n < 3; n += 1) askAgainAfter(queries, queryKey);
    expect(listening.state.isInvalidated).toBe(false);
    answers[0]?.resolve(1);
    await first;
    await expect.poll(() => listening.state.isInvalidated).toBe(true);
    const second = listening.fetch();
    answers[1]?.resolve(2);
    await second;
    expect([listening.state.isInvalidated, answers.length]).toEqual([false, 2]);
  });

  it('is left alone where nothing was under way', async () => {
    const { answers, listening } = asking();
    const only = listening.fetch();
    answers[0]?.resolve(1);
    await only;
    askAgainAfter(queries, queryKey);
    expect(listening.state.isInvalidated).toBe(false);
  });
});
