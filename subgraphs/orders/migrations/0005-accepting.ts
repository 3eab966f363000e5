/**
 * After how many hours a part is accepted by itself, kept for as long as the part is: the moment of it is there only while it waits for
 * its vendor. Of parts that wait now the hours are told by that moment and by when they were confirmed, or placed where they were not yet.
 */
export const accepting = {
  name: '0005-accepting',
  up: [
    'alter table vendor_order add column accepts_after_hours int check (accepts_after_hours >= 0);',
    'alter table vendor_order no force row level security; alter table order_event no force row level security;',
    `update vendor_order v set accepts_after_hours = greatest(0, round(extract(epoch from v.accepts_at - coalesce(
       (select max(e.happened_at) from order_event e where e.tenant_id = v.tenant_id and e.order_id = v.order_id and e.vendor_order_id = v.id and e.kind in ('confirm', 'confirmLate')), v.placed_at)) / 3600))
     where v.accepts_at is not null;`,
    `update vendor_order set accepts_at = null where accepts_at is not null and status <> 'CONFIRMED';`,
    'alter table vendor_order force row level security; alter table order_event force row level security;',
  ].join('\n'),
};
