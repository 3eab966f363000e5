/** Where a part stood when the promise of its money lapsed: what was not sent by then waits for the money, or for an operator. Null where nothing lapsed. */
export const unpaid = {
  name: '0008-unpaid',
  up: `alter table vendor_order add column unpaid_from text check (unpaid_from in ('CONFIRMED', 'ON_HOLD', 'PROCESSING', 'PARTIALLY_SHIPPED', 'PARTIALLY_DELIVERED'));`,
};
