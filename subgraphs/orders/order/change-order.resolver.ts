import { Allow, Public } from '@haat/kit/access';
import { parsed } from '@haat/kit/input';
import { idempotencyKeyText, idText, lineOf, noteCharactersMax, textOf } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { z } from 'zod';
import type { OrdersContext } from '../context.js';
import { cancelOrder } from './cancel-order.js';
import {
  AcceptVendorOrderInput, AcceptVendorOrderResult, CancelOrderInput, CancelOrderResult, HoldVendorOrderInput, HoldVendorOrderResult, OrderNotCancellable, RejectVendorOrderInput, RejectVendorOrderResult,
  ReleaseVendorOrderInput, ReleaseVendorOrderResult, WrongVendorOrderStatus,
} from './change-order.type.js';
import { findOrders, findParts } from './find-orders.js';
import { movePart, type PartWish } from './move-part.js';
import { VendorOrderStatus } from './order-enums.js';
import { SetOrderMetadataInput, SetOrderMetadataResult, setOrderMetadata } from './set-order-metadata.js';

const reason = textOf(noteCharactersMax);
const cancelRules = z.object({ orderId: idText, reason: reason.nullish().transform((text) => text ?? null), idempotencyKey: idempotencyKeyText });
const partRules = z.object({ vendorOrderId: idText });
const reasonRules = partRules.extend({ reason: lineOf(noteCharactersMax) });
const rejectRules = reasonRules.extend({ idempotencyKey: idempotencyKeyText });

/** What buyers, merchants, operators and programs do with an order. */
@Resolver()
export class ChangeOrderResolver {
  @Public()
  @Mutation(() => CancelOrderResult, { description: 'Cancels a whole order: its buyer\'s before anything was sent, or any for operators. What was paid goes back.' })
  async cancelOrder(@Ctx() ctx: OrdersContext, @Arg('input', () => CancelOrderInput) input: CancelOrderInput): Promise<object> {
    const wish = parsed(cancelRules, input);
    const { isCancelled, inTheWay } = await cancelOrder(ctx, wish);
    if (!isCancelled) return Object.assign(new OrderNotCancellable(), { message: 'A part of the order was sent already, or is over. Ask for a return instead.', vendorOrderNumbers: [...inTheWay] });
    const [order] = await findOrders(ctx, [{ __typename: 'Order', id: wish.orderId }]);
    if (!order) throw notFound('order');
    return order;
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => AcceptVendorOrderResult, { description: 'Promises to send a part of an order; then it can be shipped.' })
  acceptVendorOrder(@Ctx() ctx: OrdersContext, @Arg('input', () => AcceptVendorOrderInput) input: AcceptVendorOrderInput): Promise<object> {
    return moved(ctx, { move: 'accept', reason: null, ...parsed(partRules, input) });
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => RejectVendorOrderResult, { description: 'Says that a part will not be sent; what was paid for it goes back.' })
  rejectVendorOrder(@Ctx() ctx: OrdersContext, @Arg('input', () => RejectVendorOrderInput) input: RejectVendorOrderInput): Promise<object> {
    return moved(ctx, { move: 'reject', ...parsed(rejectRules, input) });
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => HoldVendorOrderResult, { description: 'Holds a part back until somebody looked at it; nothing of it can be shipped meanwhile.' })
  holdVendorOrder(@Ctx() ctx: OrdersContext, @Arg('input', () => HoldVendorOrderInput) input: HoldVendorOrderInput): Promise<object> {
    return moved(ctx, { move: 'hold', ...parsed(reasonRules, input) });
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => ReleaseVendorOrderResult, { description: 'Lets a part go on that was held back.' })
  releaseVendorOrder(@Ctx() ctx: OrdersContext, @Arg('input', () => ReleaseVendorOrderInput) input: ReleaseVendorOrderInput): Promise<object> {
    return moved(ctx, { move: 'release', reason: null, ...parsed(partRules, input) });
  }

  @Allow('OPERATOR', { roles: ['TOKEN'], grant: 'orders.manage' })
  @Mutation(() => SetOrderMetadataResult, { description: 'Replaces the facts that integrations keep of an order.' })
  setOrderMetadata(@Ctx() ctx: OrdersContext, @Arg('input', () => SetOrderMetadataInput) input: SetOrderMetadataInput): Promise<object> {
    return ctx.transaction((tx) => setOrderMetadata(tx, input));
  }
}

async function moved(ctx: OrdersContext, wish: PartWish): Promise<object> {
  const { isMoved, status, isUnpaid } = await movePart(ctx, wish);
  const why = isUnpaid && wish.move === 'release' ? 'The money that was promised for it is not promised any more. Operators may let it go on before it is there again.' : `This cannot be done with a part that is ${status}.`;
  if (!isMoved) return Object.assign(new WrongVendorOrderStatus(), { message: why, status: VendorOrderStatus[status] });
  const [part] = await findParts(ctx, [{ __typename: 'VendorOrder', id: wish.vendorOrderId }]);
  if (!part) throw notFound('vendor order');
  return part;
}
