import { orderRead } from '@haat/schema/asks/orders';
import { defineAnswer } from '@haat/kit/define';
import type { OrdersContext } from '../context.js';
import { isBuyer } from './find-orders.js';

/** What the viewer bought in an order of their own, whatever became of it. */
export const answerRead = defineAnswer(orderRead, async (ctx: OrdersContext, { orderId }) => {
  const order = await ctx.loaders.orderById.load(orderId);
  if (!order || !isBuyer(ctx.viewer, order)) return { lines: null };
  return { lines: (await ctx.loaders.linesByOrder.load(orderId)).map(({ offerId, quantity }) => ({ offerId, quantity })) };
});
