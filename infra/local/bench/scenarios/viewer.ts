import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  name: 'the viewer, signed in',
  requests: 3_000,
  async prepare(door) {
    const token = await door.signIn('shopper');
    return async () => void (await door.ask('query Me { viewer { kind roles user { id name email } session { id lastSeenAt } } }', {}, token));
  },
};
