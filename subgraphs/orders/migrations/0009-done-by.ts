/** As whom somebody did what happened to an order: their id alone does not say whether they bought, sold or ran the marketplace. */
export const doneBy = {
  name: '0009-done-by',
  up: `alter table order_event add column done_by text check (done_by in ('BUYER', 'VENDOR', 'OPERATOR', 'SYSTEM'));`,
};
