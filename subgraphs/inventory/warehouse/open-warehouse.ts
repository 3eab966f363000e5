import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, lineOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { forbidden, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { CountryCode } from '@haat/kit/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { InventoryTx } from '../context.js';
import { mayKeep } from '../may.js';
import { sayLevel, sayOffers, type ChangedLevel } from '../stock/change-levels.js';
import { intMax } from '../stock/offer-total.js';
import { updatedRows } from '../updated-rows.js';
import { countedWarehouses, sayUsage } from './say-usage.js';
import { Warehouse } from './warehouse.js';

/** Warehouses that one vendor may have, or the marketplace itself. */
const warehousesMax = 100;

/** A warehouse that is to be. */
@InputType({ description: 'A warehouse that is to be opened.' })
export class OpenWarehouseInput {
  @Field(() => ID, { nullable: true, description: 'The vendor it belongs to; left out by operators for one of the marketplace\'s own.' }) vendorId?: string | null;
  @Field(() => String, { description: 'What people call it, 1 to 120 characters.' }) name: string;
  @Field(() => [CountryCode], { nullable: true, description: 'Countries it sends to; all of them when left out.' }) countries?: string[] | null;
  @Field(() => Int, { nullable: true, description: 'Lower comes first where several could give the goods, 0 to 1000; 100 when left out.' }) priority?: number | null;
}

/** What shall be different of a warehouse. */
@InputType({ description: 'What shall be different of a warehouse; what is left out stays.' })
export class ChangeWarehouseInput {
  @Field(() => ID, { description: 'The one that shall be different.' }) warehouseId: string;
  @Field(() => String, { nullable: true, description: 'Its new name, 1 to 120 characters.' }) name?: string | null;
  @Field(() => [CountryCode], { nullable: true, description: 'The countries it sends to from now on; empty means all.' }) countries?: string[] | null;
  @Field(() => Int, { nullable: true, description: 'Its new place among the others, 0 to 1000.' }) priority?: number | null;
}

/** Which warehouse closes. */
@InputType({ description: 'Which warehouse is to be closed.' })
export class CloseWarehouseInput {
  @Field(() => ID, { description: 'A warehouse from which nothing is owed any more.' }) warehouseId: string;
}

/** No room for another. */
@ObjectType({ implements: Problem, description: 'There are as many warehouses as there may be.' })
export class TooManyWarehouses extends Problem {
  @Field(() => Int, { description: 'How many there may be.' }) max: number;
}

/** Goods are still there. */
@ObjectType({ implements: Problem, description: 'The warehouse still has goods, held or sold ones among them; move them first.' })
export class WarehouseNotEmpty extends Problem {
  @Field(() => Int, { description: 'How many pieces lie there or are owed from there.' }) pieces: number;
}

/** It is closed already. */
@ObjectType({ implements: Problem, description: 'The warehouse is closed, and stays as it was.' })
export class WarehouseClosed extends Problem {}

/** The warehouse, or why not. */
export const OpenWarehouseResult = resultOf('OpenWarehouseResult', 'The new warehouse, or why there is none.', [Warehouse, TooManyWarehouses]);
/** The changed one, or why not. */
export const ChangeWarehouseResult = resultOf('ChangeWarehouseResult', 'The changed warehouse, or why it stays.', [Warehouse, WarehouseClosed]);
/** The closed one, or why not. */
export const CloseWarehouseResult = resultOf('CloseWarehouseResult', 'The closed warehouse, or why it is still open.', [Warehouse, WarehouseNotEmpty]);

const name = lineOf(120);
const countries = z.array(z.string()).max(250);
const priority = z.int().min(0).max(1_000);

/** Opens a warehouse of a vendor, or of the marketplace itself, as long as its plan has room. */
export async function openWarehouse(tx: InventoryTx, input: OpenWarehouseInput): Promise<Warehouse | TooManyWarehouses> {
  const { vendorId, ...facts } = parsed(z.object({ vendorId: idText.nullish().transform((id) => id ?? null), name, countries: countries.nullish().transform((some) => some ?? []), priority: priority.nullish().transform((p) => p ?? 100) }), input);
  if (!mayKeep(tx.viewer, vendorId)) throw forbidden();
  const { all, own } = await countedWarehouses(tx, vendorId);
  const planned = tx.tenant.limits['warehouses'] ?? Infinity;
  if (all >= planned) return Object.assign(new TooManyWarehouses(), { message: `The plan allows ${planned} warehouses.`, max: planned });
  if (own >= warehousesMax) return Object.assign(new TooManyWarehouses(), { message: `There are ${warehousesMax} warehouses already.`, max: warehousesMax });
  await sayUsage(tx, all + 1);
  return tx.db.save(tx.db.create(Warehouse, { tenantId: tx.tenant.id, id: newId('wh', tx.clock.now()), version: 1, vendorId, ...facts, closedAt: null }));
}

/** Changes name, countries or place of a warehouse. */
export async function changeWarehouse(tx: InventoryTx, input: ChangeWarehouseInput): Promise<Warehouse | WarehouseClosed> {
  const { warehouseId, ...changes } = parsed(z.object({ warehouseId: idText, name: name.nullish(), countries: countries.nullish(), priority: priority.nullish() }), input);
  const warehouse = await locked(tx, warehouseId);
  if (warehouse.closedAt) return Object.assign(new WarehouseClosed(), { message: `${warehouse.name} is closed.` });
  return tx.db.save(Object.assign(warehouse, Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null && value !== undefined)), { version: warehouse.version + 1 }));
}

/** Closes an empty warehouse, once; its past stays. What could be ordered beyond what lay there cannot be any more: its shelves take no backorders, and that is said. */
export async function closeWarehouse(tx: InventoryTx, input: CloseWarehouseInput): Promise<Warehouse | WarehouseNotEmpty> {
  const { warehouseId } = parsed(z.object({ warehouseId: idText }), input);
  const warehouse = await locked(tx, warehouseId);
  if (warehouse.closedAt) return warehouse;
  // A hold that is being taken here is over before the pieces are counted, and one that comes now finds its shelf changed.
  await tx.db.query('select 1 from stock_level where warehouse_id = $1 order by offer_id for update', [warehouseId]);
  const [left]: { pieces: number }[] = await tx.db.query('select least(coalesce(sum(greatest(on_hand, 0)::bigint + allocated + reserved), 0), $2)::int as pieces from stock_level where warehouse_id = $1', [warehouseId, intMax]);
  if ((left?.pieces ?? 0) > 0) return Object.assign(new WarehouseNotEmpty(), { message: `${warehouse.name} is not empty.`, pieces: left?.pieces ?? 0 });
  await tx.db.save(Object.assign(warehouse, { closedAt: tx.clock.now(), version: warehouse.version + 1 }));
  await sayUsage(tx, (await countedWarehouses(tx, warehouse.vendorId)).all);
  const sold = await updatedRows<ChangedLevel>(tx,
    `update stock_level s set backorder_limit = greatest(0, -on_hand), is_low = true, version = version + 1, updated_at = now() where warehouse_id = $1 and available > 0 returning s.*, s.is_low as was_low`, [warehouseId]);
  for (const level of sold) await sayLevel(tx, level);
  await sayOffers(tx, sold.map(({ offer_id }) => offer_id));
  return warehouse;
}

async function locked(tx: InventoryTx, id: string): Promise<Warehouse> {
  const warehouse = await tx.db.findOne(Warehouse, { where: { tenantId: tx.tenant.id, id }, lock: { mode: 'pessimistic_write' } });
  if (!warehouse || !mayKeep(tx.viewer, warehouse.vendorId)) throw notFound('warehouse');
  return warehouse;
}
