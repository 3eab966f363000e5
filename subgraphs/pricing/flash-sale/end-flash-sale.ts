import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { mayPrice, pricesEverything } from '../access/may.js';
import type { PricingTx } from '../context.js';
import { AlreadyEnded } from '../names.js';
import { PromotionState } from '../promotion/promotion-enums.js';
import { FlashSale } from './flash-sale.js';
import { closeFlashSale } from './move-due-flash-sales.js';

/** The sale to be ended. */
@InputType({ description: 'The flash sale that shall run no more.' })
export class EndFlashSaleInput {
  @Field(() => ID, { description: 'The sale; begins with fls_.' }) flashSaleId: string;
}

/** The sale as it was ended. */
export const EndFlashSaleResult = resultOf('EndFlashSaleResult', 'The sale as it was ended, or that it was before.', [FlashSale, AlreadyEnded]);

/** Ends a sale before its time, also one that never began. Its offers are priced anew at once. */
export async function endFlashSale(tx: PricingTx, { flashSaleId }: EndFlashSaleInput): Promise<FlashSale | AlreadyEnded> {
  const sale = await tx.db.findOne(FlashSale, { where: { id: flashSaleId }, lock: { mode: 'pessimistic_write' } });
  if (!sale || !(await mayEnd(tx, sale))) throw notFound('flash sale');
  if (sale.state === PromotionState.ENDED) return AlreadyEnded.of('flash sale');
  await tx.db.query('update offer_price o set due_at = $2 from flash_sale_offer s where s.tenant_id = o.tenant_id and s.offer_id = o.id and s.flash_sale_id = $1', [flashSaleId, tx.clock.now()]);
  return closeFlashSale(tx, Object.assign(sale, { state: PromotionState.ENDED, dueAt: null }));
}

/** A sale is theirs who may price all that is in it. */
async function mayEnd(tx: PricingTx, { id }: FlashSale): Promise<boolean> {
  if (pricesEverything(tx.viewer)) return true;
  const vendors: { vendor_id: string | null }[] = await tx.db.query(
    'select distinct f.vendor_id from flash_sale_offer s left join offer_fact f on f.tenant_id = s.tenant_id and f.id = s.offer_id where s.flash_sale_id = $1', [id]);
  return vendors.length > 0 && vendors.every(({ vendor_id }) => vendor_id !== null && mayPrice(tx.viewer, vendor_id));
}
