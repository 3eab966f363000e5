import type { InventoryTx } from './context.js';

/** The rows that an update or a delete returns; the driver's door answers them beside their count. */
export async function updatedRows<R>(tx: Pick<InventoryTx, 'db'>, sql: string, parameters: readonly unknown[]): Promise<R[]> {
  const [rows]: [R[], number] = await tx.db.query(sql, [...parameters]);
  return rows;
}
