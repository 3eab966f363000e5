import { Allow, Public } from '@haat/kit/access';
import { parsed } from '@haat/kit/input';
import { idempotencyKeyText, idText, noteCharactersMax, textOf } from '@haat/kit/limits';
import { Money } from '@haat/kit/money';
import { PageArgs } from '@haat/kit/page';
import { notFound } from '@haat/kit/refusal';
import { Contact, Address, MetadataEntry } from '@haat/kit/shared-types';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import { placeOrder } from '../checkout/place-order.js';
import { PaymentNotOpened, PlaceOrderInput, PlaceOrderResult, problemTypeOf } from '../checkout/place-order.type.js';
import type { OrdersContext } from '../context.js';
import { findOrders, findParts, readsOrder, seesPrivateFacts } from './find-orders.js';
import { OrderFilter } from './order-filter.js';
import { listMyOrders, listOrders, listVendorOrders, OrderConnection, VendorOrderConnection } from './list-orders.js';
import { OrderStatus, VendorOrderStatus } from './order-enums.js';
import { OrderRow } from './order.row.js';
import { Commission, Order, OrderEvent, OrderLine, OrderTotals, VendorOrder } from './order.type.js';
import { rollUp } from './roll-up.js';

const rules = z.object({
  cartId: idText, idempotencyKey: idempotencyKeyText, expectedTotal: z.object({ minor: z.int().min(0), currency: z.string() }), payWith: z.string(),
  savedPaymentMethodId: idText.nullish().transform((id) => id ?? null), note: textOf(noteCharactersMax).nullish().transform((note) => note ?? null),
});

/** Orders as their buyers see them. */
@Resolver(() => Order)
export class OrderResolver {
  @Public()
  @Query(() => Order, { nullable: true, description: 'An order by its id or number: its buyer\'s, or any for operators and API tokens that may manage all vendors\' orders.' })
  async order(@Ctx() ctx: OrdersContext, @Arg('id', () => ID, { nullable: true, description: 'What placeOrder answered; begins with ord_.' }) id?: string, @Arg('number', () => String, { nullable: true, description: 'The number of the order, such as ACME-1001.' }) number?: string) {
    const row = id ? await ctx.loaders.orderById.load(id) : number ? await ctx.db.findOneBy(OrderRow, { tenantId: ctx.tenant.id, number }) : null;
    return row && readsOrder(ctx.viewer, row) ? Order.of(row) : null;
  }

  @Public()
  @Query(() => OrderConnection, { nullable: true, description: 'The viewer\'s own orders, newest first: an account\'s, or a guest\'s by the header x-haat-cart.' })
  myOrders(@Ctx() ctx: OrdersContext, @Args(() => PageArgs) page: PageArgs) {
    return listMyOrders(ctx, page);
  }

  @Allow('OPERATOR', { roles: ['TOKEN'], grant: 'orders.manage' })
  @Query(() => OrderConnection, { nullable: true, description: 'Every order of the marketplace, newest first, or those that are looked for: for operators, and API tokens that may manage all vendors\' orders.' })
  orders(@Ctx() ctx: OrdersContext, @Args(() => PageArgs) page: PageArgs, @Arg('filter', () => OrderFilter, { nullable: true, description: 'Which orders are looked for; all when left out.' }) filter?: OrderFilter) {
    return listOrders(ctx, page, filter ?? {});
  }

  @FieldResolver(() => OrderStatus, { description: 'Where the whole order is, rolled up from its parts.' })
  async status(@Root() { id }: Order, @Ctx() ctx: OrdersContext) {
    return OrderStatus[rollUp((await ctx.loaders.partsByOrder.load(id)).map(({ status }) => status))];
  }

  @FieldResolver(() => [OrderLine], { description: 'Everything that was bought, in the order of the cart.' })
  async lines(@Root() { id, row }: Order, @Ctx() ctx: OrdersContext) {
    return (await ctx.loaders.linesByOrder.load(id)).map((line) => OrderLine.of(line, row.currency));
  }

  @FieldResolver(() => [VendorOrder], { description: 'The parts of its vendors, each sent by itself.' })
  async vendorOrders(@Root() { id }: Order, @Ctx() ctx: OrdersContext) {
    return (await ctx.loaders.partsByOrder.load(id)).map(VendorOrder.of);
  }

  @FieldResolver(() => [MetadataEntry], { description: 'Facts that integrations keep; private ones for operators and API tokens of the whole marketplace.' })
  metadata(@Root() { row }: Order, @Ctx() { viewer }: OrdersContext) {
    return row.storedMetadata.filter(({ isPrivate }) => !isPrivate || seesPrivateFacts(viewer)).map(({ key, value }) => Object.assign(new MetadataEntry(), { key, value }));
  }

  @FieldResolver(() => [OrderEvent], { description: 'What happened to the order, oldest first.' })
  async history(@Root() { id }: Order, @Ctx() ctx: OrdersContext) {
    return (await ctx.loaders.eventsByOrder.load(id)).map(OrderEvent.of);
  }

  @Public()
  @Mutation(() => PlaceOrderResult, { description: 'Makes an order of a cart, holds its stock and opens its payment; sent again with the same key it answers the same.' })
  async placeOrder(@Ctx() ctx: OrdersContext, @Arg('input', () => PlaceOrderInput) input: PlaceOrderInput): Promise<object> {
    const placed = await placeOrder(ctx, parsed(rules, input));
    if ('__typename' in placed) return problemTypeOf(placed);
    const [order] = await findOrders(ctx, [{ __typename: 'Order', id: placed.orderId }]);
    if (!order) throw notFound('order');
    if (placed.payment?.outcome !== 'REFUSED') return order;
    return Object.assign(new PaymentNotOpened(), { message: 'The payment could not be opened; try again with retryPayment.', order });
  }
}

/** The parts of vendors as their merchants and buyers see them. */
@Resolver(() => VendorOrder)
export class VendorOrderResolver {
  @Public()
  @Query(() => VendorOrder, { nullable: true, description: 'One vendor\'s part of an order: for its merchants, its buyer and operators.' })
  async vendorOrder(@Ctx() ctx: OrdersContext, @Arg('id', () => ID, { description: 'The id of the part.' }) id: string) {
    return (await findParts(ctx, [{ __typename: 'VendorOrder', id }]))[0] ?? null;
  }

  @Allow('OPERATOR', { vendor: 'vendorId', grant: 'orders.manage' }, { roles: ['TOKEN'], grant: 'orders.manage' })
  @Query(() => VendorOrderConnection, { nullable: true, description: 'What one vendor has to send, newest first: for its merchants, operators, and API tokens that may manage its orders.' })
  vendorOrders(
    @Ctx() ctx: OrdersContext, @Arg('vendorId', () => ID, { description: 'The vendor whose parts are listed.' }) vendorId: string, @Args(() => PageArgs) page: PageArgs,
    @Arg('status', () => [VendorOrderStatus], { nullable: true, description: 'Only parts in one of these states; all when left out.' }) status?: VendorOrderStatus[],
  ) {
    return listVendorOrders(ctx, vendorId, page, status);
  }

  @FieldResolver(() => Order, { nullable: true, description: 'The whole order; null to merchants and their programs, who must not see the other vendors\' parts.' })
  async order(@Root() { row }: VendorOrder, @Ctx() ctx: OrdersContext) {
    return (await findOrders(ctx, [{ __typename: 'Order', id: row.orderId }]))[0] ?? null;
  }

  @FieldResolver(() => String, { description: 'The number of the whole order, for talking to the buyer.' })
  async orderNumber(@Root() { row }: VendorOrder, @Ctx() ctx: OrdersContext) {
    return (await whole(ctx, row.orderId)).number;
  }

  @FieldResolver(() => Contact, { nullable: true, description: 'How the buyer is reached about the delivery.' })
  async contact(@Root() { row }: VendorOrder, @Ctx() ctx: OrdersContext) {
    const { contact } = await whole(ctx, row.orderId);
    return contact && Object.assign(new Contact(), contact);
  }

  @FieldResolver(() => String, { nullable: true, description: 'The buyer\'s word to the vendors, which the packing slip has as well.' })
  async note(@Root() { row }: VendorOrder, @Ctx() ctx: OrdersContext) {
    return (await whole(ctx, row.orderId)).note;
  }

  @FieldResolver(() => Address, { description: 'Where the goods go.' })
  async shippingAddress(@Root() { row }: VendorOrder, @Ctx() ctx: OrdersContext) {
    return Object.assign(new Address(), (await whole(ctx, row.orderId)).shippingAddress);
  }

  @FieldResolver(() => [OrderLine], { description: 'What this vendor sends.' })
  async lines(@Root() { id, row }: VendorOrder, @Ctx() ctx: OrdersContext) {
    const { currency } = await whole(ctx, row.orderId);
    return (await ctx.loaders.linesByOrder.load(row.orderId)).filter(({ vendorOrderId }) => vendorOrderId === id).map((line) => OrderLine.of(line, currency));
  }

  @FieldResolver(() => [OrderEvent], { description: 'What happened to this part, and to the order as a whole, oldest first.' })
  async history(@Root() { id, row }: VendorOrder, @Ctx() ctx: OrdersContext) {
    return (await ctx.loaders.eventsByOrder.load(row.orderId)).filter(({ vendorOrderId }) => vendorOrderId === null || vendorOrderId === id).map(OrderEvent.of);
  }

  @FieldResolver(() => OrderTotals, { description: 'The sums of this part.' })
  async totals(@Root() { row }: VendorOrder, @Ctx() ctx: OrdersContext) {
    return OrderTotals.of(row.totals, (await whole(ctx, row.orderId)).currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What couriers must collect at the door, without what was cancelled or came back; null where it is paid otherwise.' })
  async amountToCollect(@Root() { row: { orderId, amountToCollectMinor, cancelledMinor } }: VendorOrder, @Ctx() ctx: OrdersContext) {
    return amountToCollectMinor === 0 ? null : Money.of(Math.max(0, amountToCollectMinor - cancelledMinor), (await whole(ctx, orderId)).currency);
  }

  @Allow('OPERATOR', 'SYSTEM', { vendor: 'row.vendorId', grant: 'orders.manage' }, { roles: ['TOKEN'], grant: 'orders.manage' })
  @FieldResolver(() => Commission, { nullable: true, description: 'What the marketplace keeps; for the vendor\'s merchants, operators, and API tokens that may manage its orders.' })
  async commission(@Root() { row }: VendorOrder, @Ctx() ctx: OrdersContext) {
    const { currency } = await whole(ctx, row.orderId);
    return Object.assign(new Commission(), { net: Money.of(row.commission.netMinor, currency), tax: Money.of(row.commission.taxMinor, currency) });
  }
}

/** The order a part belongs to: it cannot be missing, since the part refers to it. */
async function whole(ctx: OrdersContext, orderId: string): Promise<OrderRow> {
  const row = await ctx.loaders.orderById.load(orderId);
  if (!row) throw notFound('order');
  return row;
}
