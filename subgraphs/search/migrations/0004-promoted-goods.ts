/** What a promotion is given on, as alternatives; null where it was said before events named them. */
export const promotedGoods = {
  name: '0004-promoted-goods',
  up: 'alter table promotion_fact add column goods jsonb;',
};
