import { openListeners, quantileOf } from '../live-listeners.js';
import type { Scenario } from '../scenario.js';

const requests = 100;

/** From the answer to a change until the one who listens is told, at rest. */
export const scenario: Scenario = {
  name: 'live: a change of stock, to one',
  requests,
  connections: 1,
  isLong: true,
  async prepare(door, around) {
    const listeners = await openListeners(door, around?.isTrial ? 5 : 1, true);
    const waits: number[] = [];
    let changes = 0;
    return async () => {
      changes += 1;
      waits.push(...(await listeners.change(1_000 + changes)));
      if (changes % requests === 0) console.log(`answer to client, p50 and p99: ${quantileOf(waits, 0.5).toFixed(0)} and ${quantileOf(waits.splice(0), 0.99).toFixed(0)} ms`);
    };
  },
};
