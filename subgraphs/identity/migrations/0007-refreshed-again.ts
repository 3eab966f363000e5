/** Which request used a refresh token and what it was given, so that the same one, sent again, is told from a second use. */
export const refreshedAgain = {
  name: '0007-refreshed-again',
  up: 'alter table refresh_token add column request text, add column sealed_next text;',
};
