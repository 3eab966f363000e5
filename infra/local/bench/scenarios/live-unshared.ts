import { openListeners, quantileOf } from '../live-listeners.js';
import type { Scenario } from '../scenario.js';

const requests = 20;

/** Two hundred sockets that ask in words of their own: each change is asked for two hundred times. */
export const scenario: Scenario = {
  name: 'live: to 200 who ask apart',
  requests,
  connections: 1,
  isLong: true,
  async prepare(door, around) {
    const listeners = await openListeners(door, around?.isTrial ? 5 : 200, false);
    const waits: number[] = [];
    let changes = 0;
    return async () => {
      changes += 1;
      waits.push(...(await listeners.change(1_000 + changes)));
      if (changes % requests === 0) console.log(`answer to client, p50 and p99: ${quantileOf(waits, 0.5).toFixed(0)} and ${quantileOf(waits.splice(0), 0.99).toFixed(0)} ms`);
    };
  },
};
