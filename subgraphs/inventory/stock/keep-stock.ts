import { parsed } from '@haat/kit/input';
import { idText, inputListMax, lineOf, listOf, noteCharactersMax } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { badInput } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { DateTime } from '@haat/kit/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { InventoryTx } from '../context.js';
import { ownShelf, ownShelves } from '../may.js';
import { updatedRows } from '../updated-rows.js';
import { changeLevels, sayLevel, sayOffers, type ChangedLevel } from './change-levels.js';
import { openLevels } from './open-levels.js';
import { StockLevel } from './stock-level.js';
import { StockLevelRow } from './stock-level.row.js';

/** Pieces that one change may be about. */
const piecesMax = 1_000_000;

/** Pieces that came in. */
@InputType({ description: 'Pieces of one offer that came into one warehouse.' })
export class ReceiveStockRow {
  @Field(() => ID, { description: 'The offer that came in.' }) offerId: string;
  @Field(() => ID, { description: 'The warehouse it came into.' }) warehouseId: string;
  @Field(() => Int, { description: 'How many pieces came, 1 to 1000000.' }) quantity: number;
}

/** A delivery. */
@InputType({ description: 'A delivery that came in, all of it in one call.' })
export class ReceiveStockInput {
  @Field(() => [ReceiveStockRow], { description: 'What came in, 1 to 250 rows.' }) rows: ReceiveStockRow[];
  @Field(() => ID, { description: 'Names this delivery: sent again it is not counted twice.' }) idempotencyKey: string;
}

/** A count. */
@InputType({ description: 'What a count of one shelf found.' })
export class AdjustStockInput {
  @Field(() => ID, { description: 'The offer that was counted.' }) offerId: string;
  @Field(() => ID, { description: 'The warehouse it was counted in.' }) warehouseId: string;
  @Field(() => Int, { description: 'How many pieces lie there, sold ones among them, 0 to 1000000.' }) onHand: number;
  @Field(() => String, { description: 'Why the number was another one, at most 500 characters.' }) reason: string;
  @Field(() => ID, { description: 'Names this count: sent again it changes nothing more.' }) idempotencyKey: string;
}

/** A move between shelves. */
@InputType({ description: 'Pieces that go from one warehouse to another.' })
export class TransferStockInput {
  @Field(() => ID, { description: 'The offer whose pieces move.' }) offerId: string;
  @Field(() => ID, { description: 'The warehouse they leave.' }) fromWarehouseId: string;
  @Field(() => ID, { description: 'The warehouse they come to.' }) toWarehouseId: string;
  @Field(() => Int, { description: 'How many pieces move, 1 to 1000000; held and sold ones stay.' }) quantity: number;
  @Field(() => ID, { description: 'Names this transfer: sent again nothing more moves.' }) idempotencyKey: string;
}

/** How a shelf is kept. */
@InputType({ description: 'How a shelf is kept from now on; what is left out stays.' })
export class SetStockPolicyInput {
  @Field(() => ID, { description: 'The offer on the shelf.' }) offerId: string;
  @Field(() => ID, { description: 'The warehouse the shelf is in.' }) warehouseId: string;
  @Field(() => Int, { nullable: true, description: 'Pieces that are never sold, 0 to 1000000.' }) safety?: number | null;
  @Field(() => Int, { nullable: true, description: 'Pieces that may be sold beyond what lies there, 0 to 1000000.' }) backorderLimit?: number | null;
  @Field(() => Int, { nullable: true, description: 'At this many available pieces or fewer it counts as low.' }) lowAt?: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When more is expected; null takes it back.' }) restockAt?: Date | null;
}

/** A delivery that was counted in. */
@ObjectType({ description: 'The shelves as they are after the delivery.' })
export class ReceiveStockSucceeded {
  @Field(() => [StockLevel], { description: 'Each shelf that the delivery filled.' }) levels: StockLevel[];
}

/** A shelf that is nobody's of the caller. */
@ObjectType({ description: 'A row whose offer or warehouse the caller does not look after.' })
export class UnknownShelf {
  @Field(() => ID, { description: 'The offer that was named.' }) offerId: string;
  @Field(() => ID, { description: 'The warehouse that was named.' }) warehouseId: string;
}

/** Shelves that are nobody's of the caller. */
@ObjectType({ implements: Problem, description: 'Offers or warehouses that are not there, or are somebody else\'s; nothing was received.' })
export class UnknownShelves extends Problem {
  @Field(() => [UnknownShelf], { description: 'Each row that cannot be received.' }) rows: UnknownShelf[];
}

/** Fewer pieces than are owed. */
@ObjectType({ implements: Problem, description: 'Fewer pieces would lie there than are sold or held; cancel or ship first.' })
export class PiecesOwed extends Problem {
  @Field(() => Int, { description: 'How many pieces are sold or held.' }) owed: number;
}

/** Not enough pieces to move. */
@ObjectType({ implements: Problem, description: 'Fewer pieces are free there than shall be moved.' })
export class NotEnoughStock extends Problem {
  @Field(() => Int, { description: 'How many pieces are free to be moved.' }) available: number;
}

/** The shelves, or why not. */
export const ReceiveStockResult = resultOf('ReceiveStockResult', 'The filled shelves, or why nothing was received.', [ReceiveStockSucceeded, UnknownShelves]);
/** The shelf, or why not. */
export const AdjustStockResult = resultOf('AdjustStockResult', 'The shelf as counted, or why it stays as it was.', [StockLevel, PiecesOwed]);
/** The shelf the pieces came to, or why not. */
export const TransferStockResult = resultOf('TransferStockResult', 'The shelf that the pieces came to, or why nothing moved.', [StockLevel, NotEnoughStock]);
/** The shelf, or why not. */
export const SetStockPolicyResult = resultOf('SetStockPolicyResult', 'The shelf with its policy, or why it stays as it was.', [StockLevel, PiecesOwed]);

const pieces = z.int().min(0).max(piecesMax);

/** Counts a delivery in: all of it, or nothing where one row is not the caller's. */
export async function receiveStock(tx: InventoryTx, input: ReceiveStockInput): Promise<ReceiveStockSucceeded | UnknownShelves> {
  const { rows } = parsed(z.object({ rows: listOf(z.object({ offerId: idText, warehouseId: idText, quantity: pieces.min(1) }), inputListMax) }), { rows: input.rows });
  if (rows.length === 0) throw badInput([{ path: ['input', 'rows'], message: 'expected at least one row' }]);
  const { shelves, missing } = await ownShelves(tx, rows, 'OPEN');
  if (missing.length > 0) return Object.assign(new UnknownShelves(), { message: `${missing.length} of ${rows.length} rows name an offer or a warehouse that is not there.`, rows: missing });
  await openLevels(tx, shelves);
  await changeLevels(tx, rows.map(({ offerId, warehouseId, quantity }) => ({ offerId, warehouseId, kind: 'RECEIVED' as const, onHand: quantity })), { source: 'receiveStock' });
  return Object.assign(new ReceiveStockSucceeded(), { levels: await levelsOf(tx, shelves) });
}

/** Puts the number of a shelf right as it was counted. */
export async function adjustStock(tx: InventoryTx, input: AdjustStockInput): Promise<StockLevel | PiecesOwed> {
  const { onHand, reason, ...named } = parsed(z.object({ offerId: idText, warehouseId: idText, onHand: pieces, reason: lineOf(noteCharactersMax) }), input);
  const level = await lockedLevel(tx, named);
  const owed = level.allocated + level.reserved - level.backorderLimit;
  if (onHand < owed) return Object.assign(new PiecesOwed(), { message: `${owed} pieces are sold or held.`, owed });
  await changeLevels(tx, [{ ...named, kind: 'COUNTED', onHand: onHand - level.onHand }], { source: 'adjustStock', reason });
  return one(tx, named);
}

/** Moves free pieces from one warehouse to another. */
export async function transferStock(tx: InventoryTx, input: TransferStockInput): Promise<StockLevel | NotEnoughStock> {
  const { offerId, fromWarehouseId, toWarehouseId, quantity } = parsed(z.object({ offerId: idText, fromWarehouseId: idText, toWarehouseId: idText, quantity: pieces.min(1) }), input);
  if (fromWarehouseId === toWarehouseId) throw badInput([{ path: ['input', 'toWarehouseId'], message: 'expected another warehouse' }]);
  const to = await ownShelf(tx, { offerId, warehouseId: toWarehouseId }, 'OPEN');
  await openLevels(tx, [await ownShelf(tx, { offerId, warehouseId: fromWarehouseId }, 'ANY'), to]);
  const from = await lockedLevel(tx, { offerId, warehouseId: fromWarehouseId });
  const free = from.onHand - from.allocated - from.reserved;
  if (free < quantity) return Object.assign(new NotEnoughStock(), { message: `${Math.max(0, free)} pieces are free there.`, available: Math.max(0, free) });
  await changeLevels(tx, [{ offerId, warehouseId: fromWarehouseId, kind: 'TRANSFER_OUT', onHand: -quantity }, { offerId, warehouseId: toWarehouseId, kind: 'TRANSFER_IN', onHand: quantity }], { source: 'transferStock' });
  return one(tx, to);
}

/** Sets how a shelf is kept. What changes for shoppers is said as if pieces had moved. */
export async function setStockPolicy(tx: InventoryTx, input: SetStockPolicyInput): Promise<StockLevel | PiecesOwed> {
  const { offerId, warehouseId, safety, backorderLimit, lowAt, restockAt } = parsed(z.object({ offerId: idText, warehouseId: idText, safety: pieces.nullish(), backorderLimit: pieces.nullish(), lowAt: pieces.nullish(), restockAt: z.date().nullish() }), input);
  const before = await lockedLevel(tx, { offerId, warehouseId });
  const owed = before.allocated + before.reserved - before.onHand;
  if (backorderLimit !== null && backorderLimit !== undefined && backorderLimit < owed) return Object.assign(new PiecesOwed(), { message: `${owed} pieces are owed beyond what lies there.`, owed });
  const [level] = await updatedRows<ChangedLevel>(tx,
    `update stock_level s set safety = coalesce($3, safety), backorder_limit = coalesce($4, backorder_limit), low_at = coalesce($5, low_at), version = version + 1, updated_at = now(),
       is_low = (on_hand - allocated - reserved - coalesce($3, safety) + coalesce($4, backorder_limit)) <= coalesce($5, low_at)
     where offer_id = $1 and warehouse_id = $2 returning s.*, $6::boolean as was_low`, [offerId, warehouseId, safety ?? null, backorderLimit ?? null, lowAt ?? null, before.isLow]);
  if (restockAt !== undefined) await tx.db.query('update offer_stock set restock_at = $2, version = version + 1, updated_at = now() where id = $1', [offerId, restockAt]);
  if (level) await sayLevel(tx, level);
  await sayOffers(tx, [offerId]);
  return one(tx, { offerId, warehouseId });
}

async function lockedLevel(tx: InventoryTx, named: { offerId: string; warehouseId: string }): Promise<StockLevelRow> {
  await openLevels(tx, [await ownShelf(tx, named, 'ANY')]);
  return tx.db.findOneOrFail(StockLevelRow, { where: { tenantId: tx.tenant.id, ...named }, lock: { mode: 'pessimistic_write' } });
}

async function one(tx: InventoryTx, named: { offerId: string; warehouseId: string }): Promise<StockLevel> {
  const { offerId, warehouseId } = named;
  return StockLevel.of(await tx.db.findOneByOrFail(StockLevelRow, { tenantId: tx.tenant.id, offerId, warehouseId }));
}

async function levelsOf(tx: InventoryTx, shelves: readonly { offerId: string; warehouseId: string }[]): Promise<StockLevel[]> {
  const rows = await tx.db.createQueryBuilder(StockLevelRow, 's')
    .where('(s.offerId, s.warehouseId) in (select * from unnest(cast(:offerIds as text[]), cast(:warehouseIds as text[])))', { offerIds: shelves.map(({ offerId }) => offerId), warehouseIds: shelves.map(({ warehouseId }) => warehouseId) }).getMany();
  return rows.map(StockLevel.of);
}
