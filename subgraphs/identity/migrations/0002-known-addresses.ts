/** Signing in asks whether an account was used from an address before. */
export const knownAddresses = {
  name: '0002-known-addresses',
  up: 'create index session_by_address on session (tenant_id, user_id, address, last_seen_at);',
};
