/** Whether a parcel broke on its way: what comes back of it is not sold again. */
export const damagedParcels = {
  name: '0003-damaged-parcels',
  up: [
    'alter table parcel add column is_damaged boolean not null default false;',
    'alter table parcel no force row level security; alter table tracking_event no force row level security;',
    `update parcel p set is_damaged = true where p.status = 'DAMAGED'
       or (p.status = 'RETURNING' and exists (select 1 from tracking_event e where e.tenant_id = p.tenant_id and e.parcel_id = p.id and e.status = 'DAMAGED'));`,
    'alter table parcel force row level security; alter table tracking_event force row level security;',
  ].join('\n'),
};
