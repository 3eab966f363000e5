/** Which partner's program a token belongs to, and the only vendor that it reaches: both known when it is made, and final. */
export const tokensOfPartners = {
  name: '0005-tokens-of-partners',
  up: 'alter table api_token add column partner_app_id text, add column vendor_id text;',
};
