import type { StoreDefinition } from '../store.js';

/** The store of a definition of which only the schema is used. */
export const noStore: StoreDefinition = {
  kind: 'postgres',
  open: () => Promise.reject(new Error('This definition has no store.')),
};
