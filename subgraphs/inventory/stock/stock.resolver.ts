import { stockChanged } from '@haat/schema/events/inventory';
import { Cached } from '@haat/kit/cached';
import { Allow } from '@haat/kit/access';
import { Live, neverHere } from '@haat/kit/live';
import { ForwardPageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { InventoryContext } from '../context.js';
import { stockGrant } from '../may.js';
import { Warehouse } from '../warehouse/warehouse.js';
import { ChangeWarehouseInput, ChangeWarehouseResult, changeWarehouse, CloseWarehouseInput, CloseWarehouseResult, closeWarehouse, OpenWarehouseInput, OpenWarehouseResult, openWarehouse } from '../warehouse/open-warehouse.js';
import { findLevel, findWarehouses } from './find-stock.js';
import { AdjustStockInput, AdjustStockResult, adjustStock, ReceiveStockInput, ReceiveStockResult, receiveStock, SetStockPolicyInput, SetStockPolicyResult, setStockPolicy, TransferStockInput, TransferStockResult, transferStock } from './keep-stock.js';
import { listLevels, listMovements, listWarehouses, StockLevelConnection, StockMovementConnection, WarehouseConnection } from './list-stock.js';
import { Offer, OfferAvailability, StockLevel } from './stock-level.js';

const vendorIdArg = { description: 'The vendor whose stock is looked at.' };

/** What an offer gets from us. */
@Resolver(() => Offer)
export class OfferStockResolver {
  @Cached(10)
  @FieldResolver(() => OfferAvailability, { nullable: true, description: 'What can be bought of the offer now, over all warehouses.' })
  async availability(@Root() { id }: Offer, @Ctx() ctx: InventoryContext) {
    return (await ctx.loaders.availabilityByOffer.load(id)) ?? Object.assign(new OfferAvailability(), { available: 0, inStock: false, backorder: false, restockAt: null });
  }
}

/** Shelves and movements, for those who look after them. */
@Resolver(() => StockLevel)
export class StockResolver {
  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Query(() => StockLevel, { nullable: true, description: 'One shelf: an offer in a warehouse.' })
  stockLevel(@Ctx() ctx: InventoryContext, @Arg('offerId', () => ID, { description: 'The offer on the shelf.' }) offerId: string, @Arg('warehouseId', () => ID, { description: 'The warehouse the shelf is in.' }) warehouseId: string) {
    return findLevel(ctx, offerId, warehouseId);
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Query(() => StockLevelConnection, { nullable: true, description: 'All shelves of one vendor, or those that are low.' })
  stockLevels(@Ctx() ctx: InventoryContext, @Arg('vendorId', () => ID, vendorIdArg) vendorId: string, @Args(() => ForwardPageArgs) page: ForwardPageArgs, @Arg('lowOnly', () => Boolean, { nullable: true, description: 'Whether only shelves at or below their threshold are wanted.' }) lowOnly?: boolean) {
    return listLevels(ctx, vendorId, page, lowOnly ?? false);
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Query(() => StockMovementConnection, { nullable: true, description: 'Everything that moved of one offer, newest first.' })
  stockMovements(@Ctx() ctx: InventoryContext, @Arg('offerId', () => ID, { description: 'The offer whose pieces moved.' }) offerId: string, @Args(() => ForwardPageArgs) page: ForwardPageArgs) {
    return listMovements(ctx, offerId, page);
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Live({ event: stockChanged, match: { vendorId: 'payload.vendorId', lowOnly: 'payload.isLow' }, answer: 'stockLevel', by: { offerId: 'payload.offerId', warehouseId: 'payload.warehouseId' }, grant: stockGrant })
  @Subscription(() => StockLevel, { subscribe: neverHere, description: 'A shelf of one vendor as it is now, each time that its pieces change.' })
  stockChanged(
    @Arg('vendorId', () => ID, vendorIdArg) _vendorId: string,
    @Arg('lowOnly', () => Boolean, { nullable: true, description: 'Whether only changes of shelves at or below their threshold are wanted.' }) _lowOnly?: boolean,
    @Arg('after', () => String, { nullable: true, description: 'The cursor of the change to go on from: extensions.cursor of a payload.' }) _after?: string,
  ): StockLevel {
    return new StockLevel();
  }

  @FieldResolver(() => Warehouse, { nullable: true, description: 'The warehouse the shelf is in.' })
  warehouse(@Root() { row }: StockLevel, @Ctx() ctx: InventoryContext) {
    return ctx.loaders.warehouseById.load(row.warehouseId);
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => ReceiveStockResult, { description: 'Counts a delivery in: all of its rows, or none.' })
  receiveStock(@Ctx() ctx: InventoryContext, @Arg('input', () => ReceiveStockInput) input: ReceiveStockInput): Promise<object> {
    return ctx.transaction((tx) => receiveStock(tx, input), keyed('receiveStock', input));
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => AdjustStockResult, { description: 'Puts the number of a shelf right, as it was counted.' })
  adjustStock(@Ctx() ctx: InventoryContext, @Arg('input', () => AdjustStockInput) input: AdjustStockInput): Promise<object> {
    return ctx.transaction((tx) => adjustStock(tx, input), keyed('adjustStock', input));
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => TransferStockResult, { description: 'Moves free pieces from one warehouse to another.' })
  transferStock(@Ctx() ctx: InventoryContext, @Arg('input', () => TransferStockInput) input: TransferStockInput): Promise<object> {
    return ctx.transaction((tx) => transferStock(tx, input), keyed('transferStock', input));
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => SetStockPolicyResult, { description: 'Sets safety stock, backorders, threshold and expected day of a shelf.' })
  setStockPolicy(@Ctx() ctx: InventoryContext, @Arg('input', () => SetStockPolicyInput) input: SetStockPolicyInput): Promise<object> {
    return ctx.transaction((tx) => setStockPolicy(tx, input));
  }
}

/** Warehouses, for those who look after them. */
@Resolver(() => Warehouse)
export class WarehouseResolver {
  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Query(() => Warehouse, { nullable: true, description: 'One warehouse: a vendor\'s own, or the marketplace\'s.' })
  async warehouse(@Ctx() ctx: InventoryContext, @Arg('id', () => ID, { description: 'The id that openWarehouse answered.' }) id: string) {
    return (await findWarehouses(ctx, [{ __typename: 'Warehouse', id }]))[0] ?? null;
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Query(() => WarehouseConnection, { nullable: true, description: 'Warehouses that one vendor can use: its own, and the marketplace\'s.' })
  warehouses(@Ctx() ctx: InventoryContext, @Arg('vendorId', () => ID, vendorIdArg) vendorId: string, @Args(() => ForwardPageArgs) page: ForwardPageArgs) {
    return listWarehouses(ctx, vendorId, page);
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => OpenWarehouseResult, { description: 'Opens a warehouse of a vendor, or by operators of the marketplace itself.' })
  openWarehouse(@Ctx() ctx: InventoryContext, @Arg('input', () => OpenWarehouseInput) input: OpenWarehouseInput): Promise<object> {
    return ctx.transaction((tx) => openWarehouse(tx, input));
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => ChangeWarehouseResult, { description: 'Changes name, countries or place of a warehouse.' })
  changeWarehouse(@Ctx() ctx: InventoryContext, @Arg('input', () => ChangeWarehouseInput) input: ChangeWarehouseInput): Promise<object> {
    return ctx.transaction((tx) => changeWarehouse(tx, input));
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => CloseWarehouseResult, { description: 'Closes an empty warehouse; its past stays.' })
  closeWarehouse(@Ctx() ctx: InventoryContext, @Arg('input', () => CloseWarehouseInput) input: CloseWarehouseInput): Promise<object> {
    return ctx.transaction((tx) => closeWarehouse(tx, input));
  }
}

function keyed(operation: string, { idempotencyKey, ...input }: { readonly idempotencyKey: string }) {
  return { idempotency: { operation, key: idempotencyKey, input } };
}
