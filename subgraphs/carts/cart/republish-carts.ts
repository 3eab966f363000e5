import { CartRow } from './cart.row.js';
import type { CartsTx } from '../context.js';
import { sayChanged } from './save-cart.js';

/** Carts that are read at once. */
const chunk = 200;

/** Says the state of each open cart of the tenant again. */
export async function republishCarts(tx: CartsTx): Promise<void> {
  for (let after = ''; ;) {
    const rows = await tx.db.createQueryBuilder(CartRow, 'c').where(`c.id > :after and c.state in ('OPEN', 'FROZEN')`, { after }).orderBy('c.id').limit(chunk).getMany();
    for (const row of rows) await sayChanged(tx, row, true);
    if (rows.length < chunk) return;
    after = rows.at(-1)?.id ?? '';
  }
}
