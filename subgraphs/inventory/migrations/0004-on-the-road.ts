/**
 * Pieces that left and are neither with the buyer nor back, and pieces that were paid back to be sold again before they were: with the
 * moment somebody said so first. Of what left before this was counted nobody knows where it is: it counts as handed over.
 */
export const onTheRoad = {
  name: '0004-on-the-road',
  up: `alter table reservation_line
    add column on_the_road int not null default 0 check (on_the_road >= 0),
    add column restock_waits int not null default 0 check (restock_waits >= 0),
    add column restock_asked_at timestamptz,
    add constraint on_the_road_was_shipped check (on_the_road + returned <= shipped);`,
};
