import { systemClock } from '@haat/kit/clock';
import { makeLog } from '@haat/kit/log';
import { openPostgres, postgres } from '@haat/kit-postgres/postgres';
import { testDatabase } from '@haat/kit-postgres/testing/postgres';
import { expect, it } from 'vitest';
import { shippingTables } from './0001-shipping.js';
import { callbackOrder } from './0002-callback-order.js';
import { damagedParcels } from './0003-damaged-parcels.js';

const tenant = 'ten_1';

it('what broke before that was kept is known by where it is, or by what was recorded of what comes back', async () => {
  await using database = await testDatabase();
  const env = await database.envFor('shipping');
  const migrated = async (...migrations: (typeof shippingTables)[]): Promise<void> => {
    await (await openPostgres(postgres({ rows: [], migrations }), { subgraph: 'shipping', env, log: makeLog('shipping', 'silent'), clock: systemClock })).close();
  };
  await migrated(shippingTables, callbackOrder);
  await database.query(`insert into shipping.vendor_order_fact (tenant_id, id, order_id, number, order_number, vendor_id, vendor_name, status, locale, currency, lines, ship_to, amount_to_collect_minor)
    values ($1, 'vord', 'ord', '1', '1', 'ven', 'V', 'SHIPPED', 'en', 'BDT', '[]', '{}', 0)`, [tenant]);
  await database.query(`insert into shipping.shipment (tenant_id, id, vendor_order_id, order_id, vendor_id, carrier) values ($1, 'shp', 'vord', 'ord', 'ven', 'own')`, [tenant]);
  const parcels = [['broken', 'DAMAGED'], ['coming back broken', 'RETURNING'], ['coming back', 'RETURNING'], ['back', 'RETURNED']] as const;
  for (const [at, [id, status]] of parcels.entries()) {
    await database.query(`insert into shipping.parcel (tenant_id, id, shipment_id, position, status, lines, weight_grams, amount_to_collect_minor, booking) values ($1, $2, 'shp', $3, $4, '[]', 1, 0, 'NONE')`, [tenant, id, at + 1, status]);
  }
  for (const [id, parcel, status] of [['a', 'coming back broken', 'DAMAGED'], ['b', 'coming back', 'PICKED_UP'], ['c', 'back', 'DAMAGED']]) {
    await database.query(`insert into shipping.tracking_event (tenant_id, id, shipment_id, parcel_id, status, kind, happened_at) values ($1, $2, 'shp', $3, $4, 'recorded', now())`, [tenant, id, parcel, status]);
  }
  await migrated(shippingTables, callbackOrder, damagedParcels);
  expect(await database.query('select id from shipping.parcel where is_damaged order by id')).toEqual([{ id: 'broken' }, { id: 'coming back broken' }]);
});
