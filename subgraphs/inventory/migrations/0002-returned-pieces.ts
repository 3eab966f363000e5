/** How many pieces of a line came back to its shelf, whoever said so. Of what came back before, the movements of its order tell. */
export const returnedPieces = {
  name: '0002-returned-pieces',
  up: [
    'alter table reservation_line add column returned int not null default 0 check (returned >= 0), add constraint returned_was_shipped check (returned <= shipped);',
    'alter table reservation_line no force row level security; alter table reservation no force row level security; alter table stock_movement no force row level security;',
    `update reservation_line l set returned = least(l.shipped, m.pieces) from reservation r, (
       select tenant_id, source, offer_id, warehouse_id, sum(on_hand_change)::int as pieces from stock_movement where kind = 'RETURNED' group by tenant_id, source, offer_id, warehouse_id) m
     where r.tenant_id = l.tenant_id and r.id = l.reservation_id and m.tenant_id = l.tenant_id and m.source = r.order_id and m.offer_id = l.offer_id and m.warehouse_id = l.warehouse_id;`,
    'alter table reservation_line force row level security; alter table reservation force row level security; alter table stock_movement force row level security;',
  ].join('\n'),
};
