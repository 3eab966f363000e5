import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  name: 'the tenant, as a guest',
  requests: 3_000,
  prepare: async (door) => async () => void (await door.ask('query Tenant { tenant { id slug name currency locale } }')),
};
