import { listLoader } from '@haat/kit/loader';
import { In } from 'typeorm';
import type { PricingContext } from '../context.js';
import { FlashSaleOffer } from './flash-sale.js';

/** What is in each sale, with whose it is: two statements. */
export function offersByFlashSale(ctx: PricingContext) {
  return listLoader(async (saleIds: readonly string[]) => {
    const rows = await ctx.db.find(FlashSaleOffer, { where: { flashSaleId: In([...saleIds]) }, order: { id: 'ASC' } });
    const facts: { id: string; vendor_id: string }[] = await ctx.db.query('select id, vendor_id from offer_fact where id = any($1)', [rows.map(({ offerId }) => offerId)]);
    const vendors = new Map(facts.map(({ id, vendor_id }) => [id, vendor_id]));
    return rows.map((row) => ({ row, vendorId: vendors.get(row.offerId) ?? '' }));
  }, ({ row }) => row.flashSaleId);
}
