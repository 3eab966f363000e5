/** By which an account is found as well for a while after the secret of its callbacks was changed. */
export const previousCallback = {
  name: '0004-previous-callback',
  up: [
    'alter table carrier_account add column previous_callback_hash text, add column previous_until timestamptz;',
    'create index carrier_account_by_previous_callback on carrier_account (tenant_id, previous_callback_hash) where previous_callback_hash is not null;',
  ].join('\n'),
};
