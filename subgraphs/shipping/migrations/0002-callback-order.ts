/** In which order callbacks came, where they say the same moment. */
export const callbackOrder = { name: '0002-callback-order', up: 'alter table carrier_callback add column seq bigint generated always as identity;' };
