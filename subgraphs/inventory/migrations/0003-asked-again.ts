/** Whether an order asked anew for its hold: an expiry that is heard only then does not end it. */
export const askedAgain = {
  name: '0003-asked-again',
  up: 'alter table reservation add column is_again boolean not null default false;',
};
