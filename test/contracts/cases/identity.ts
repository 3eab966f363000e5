import type { Sample, SubgraphCases } from '../case.js';
import type { World } from '../world.js';
import { accountCases } from './identity/accounts.js';
import { passwordCases } from './identity/passwords.js';
import { peopleCases } from './identity/people.js';
import { sessionCases } from './identity/sessions.js';
import { tokenCases } from './identity/tokens.js';

/** How identity keeps strangers out. */
export const cases: SubgraphCases['cases'] = [...accountCases, ...passwordCases, ...peopleCases, ...sessionCases, ...tokenCases];

/** Entities that others may ask identity for. */
export const samples: SubgraphCases['samples'] = {
  User: async (world: World): Promise<Sample> => ({ tenant: 'acme', key: { id: (await world.invited()).id }, select: 'createdAt' }),
};
