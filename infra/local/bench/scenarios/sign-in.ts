import type { Scenario } from '../scenario.js';

/** Mostly the password's hash, which is meant to cost something. */
export const scenario: Scenario = {
  name: 'sign-in',
  requests: 200,
  prepare: async (door) => async () => void (await door.signIn('shopper')),
};
