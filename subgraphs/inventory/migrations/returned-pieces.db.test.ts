import { systemClock } from '@haat/kit/clock';
import { makeLog } from '@haat/kit/log';
import { openPostgres, postgres } from '@haat/kit-postgres/postgres';
import { testDatabase } from '@haat/kit-postgres/testing/postgres';
import { expect, it } from 'vitest';
import { inventoryTables } from './0001-inventory.js';
import { returnedPieces } from './0002-returned-pieces.js';

const tenant = 'ten_1';

it('what came back before it was counted is counted by the movements of its order', async () => {
  await using database = await testDatabase();
  const env = await database.envFor('inventory');
  const migrated = async (...migrations: (typeof inventoryTables)[]): Promise<void> => {
    await (await openPostgres(postgres({ rows: [], migrations }), { subgraph: 'inventory', env, log: makeLog('inventory', 'silent'), clock: systemClock })).close();
  };
  await migrated(inventoryTables);
  await database.query(`insert into inventory.reservation (tenant_id, id, order_id, state, expires_at) values ($1, 'res_1', 'ord_1', 'COMMITTED', now()), ($1, 'res_2', 'ord_2', 'COMMITTED', now())`, [tenant]);
  const line = `insert into inventory.reservation_line (tenant_id, id, reservation_id, line_id, offer_id, warehouse_id, quantity, shipped) values ($1, $2, $3, $2, $4, 'whs_1', 3, $5)`;
  for (const [id, reservation, offer, shipped] of [['back', 'res_1', 'mug', 3], ['kept', 'res_1', 'bowl', 3], ['other', 'res_2', 'mug', 1]] as const) await database.query(line, [tenant, id, reservation, offer, shipped]);
  const moved = `insert into inventory.stock_movement (tenant_id, id, offer_id, warehouse_id, kind, quantity, on_hand_change, source, actor) values ($1, $2, 'mug', 'whs_1', $3, 0, $4, $5, 'system')`;
  // Twice over for the second order, as it could happen then: no more came back than had left.
  for (const [at, [kind, change, order]] of ([['SHIPPED', -3, 'ord_1'], ['RETURNED', 1, 'ord_1'], ['RETURNED', 1, 'ord_1'], ['RETURNED', 2, 'ord_2']] as const).entries()) await database.query(moved, [tenant, `mov_${at}`, kind, change, order]);
  await migrated(inventoryTables, returnedPieces);
  expect(await database.query('select id, returned from inventory.reservation_line order by id')).toEqual([{ id: 'back', returned: 2 }, { id: 'kept', returned: 0 }, { id: 'other', returned: 1 }]);
});
