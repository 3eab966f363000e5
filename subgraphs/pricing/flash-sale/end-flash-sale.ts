import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
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
  if (!sale) throw notFound('flash sale');
  if (sale.state === PromotionState.ENDED) return AlreadyEnded.of('flash sale');
  await tx.db.query('update offer_price o set due_at = $2 from flash_sale_offer s where s.tenant_id = o.tenant_id and s.offer_id = o.id and s.flash_sale_id = $1', [flashSaleId, tx.clock.now()]);
  return closeFlashSale(tx, Object.assign(sale, { state: PromotionState.ENDED, dueAt: null }));
}
