/** The time zone of the marketplace, as it was when an order was placed: its papers are dated by it, and who issues them acts on news that do not name it. */
export const timeZone = {
  name: '0006-time-zone',
  up: `alter table placed_order add column time_zone text not null default 'UTC';`,
};
