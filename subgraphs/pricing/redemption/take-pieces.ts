import type { PricingTx } from '../context.js';
import { counterKey } from './subjects.js';
import type { Refused, Taking } from './redeem.js';
import { count } from './use-counter.js';

interface PieceRow {
  id: string;
  per_buyer_max: number | null;
  is_last: boolean;
}

/** Takes the pieces of flash sales, in the order of sale and offer. A sale that sold its last piece has its offer priced anew. */
export async function takePieces(tx: PricingTx, { wish, subjects, now }: Taking): Promise<Refused | undefined> {
  const wanted = [...wish.quotas].sort((a, b) => (`${a.flashSaleId} ${a.offerId}` < `${b.flashSaleId} ${b.offerId}` ? -1 : 1));
  for (const { flashSaleId, offerId, quantity } of wanted) {
    const [row]: PieceRow[] = await tx.db.query(
      `with taken as (update flash_sale_offer o set taken = taken + $3, version = version + 1, updated_at = now()
         where o.flash_sale_id = $1 and o.offer_id = $2 and (quota is null or taken + $3 <= quota)
           and ($5 or exists (select from flash_sale s where s.tenant_id = o.tenant_id and s.id = $1 and s.starts_at <= $4 and s.ends_at > $4 and s.state <> 'ENDED'))
         returning id, per_buyer_max, quota is not null and taken = quota as is_last)
       select * from taken`, [flashSaleId, offerId, quantity, now, wish.again ?? false]);
    if (!row) return { couponCode: null, offerId, reason: 'USED_UP' };
    for (const subject of subjects) {
      if (!(await count(tx, counterKey(row.id, subject), { holderId: row.id, subject, max: row.per_buyer_max, step: quantity }))) return { couponCode: null, offerId, reason: 'CUSTOMER_LIMIT' };
    }
    if (row.is_last) await tx.db.query('update offer_price set due_at = $2 where id = $1', [offerId, now]);
  }
  return undefined;
}
