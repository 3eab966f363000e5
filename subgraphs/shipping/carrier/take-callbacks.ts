import type { Job } from '@haat/kit/define';
import type { ShippingContext, ShippingTx } from '../context.js';
import { trackingUrlOf } from '../pathao/pathao-carrier.js';
import { cashEvents, moneyEvents, stateOfEvent } from '../pathao/pathao-events.js';
import { poishaCollected } from '../pathao/pathao-order.js';
import { claimDeparture, claimedNews, type Claim } from '../shipment/claim-departure.js';
import { lockedParcel } from '../shipment/locked-parcels.js';
import { moveParcel, note } from '../shipment/move-parcel.js';
import type { ParcelState } from '../shipment/parcel-state.js';
import { ParcelRow, ShipmentRow } from '../shipment/shipment.row.js';
import { recordConsignment } from './book-parcel.js';
import { CarrierCallbackRow } from './callback.row.js';
import { CarrierAccountRow } from './carrier-account.row.js';
import { carrierOf } from './carrier-of.js';

/** Callbacks that one run takes up, how often one is tried that cannot be confirmed, and the longest pause between, in seconds. */
const [callbacksMax, triesMax, pauseSecondsMax] = [200, 10, 900];

/** Tries that an outage counts for at most, so that some are left when it is over, and how long what was said is kept through one, in milliseconds. */
const [outageTriesMax, outageMsMax] = [triesMax - 2, 3 * 86_400_000];

/** Takes up what carriers called back with, in the order it happened. */
export const takeCallbacks: Job = {
  name: 'take-callbacks', everyMs: 1_000,
  async run({ clock, signal, sweep, inTenant }) {
    const due = await sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from carrier_callback where due_at <= $1 order by due_at, id limit ${callbacksMax}`, [clock.now()]);
    for (const [tenantId, rows] of Map.groupBy(due, ({ tenant_id }) => tenant_id)) {
      if (signal.aborted) return;
      await inTenant(tenantId, (ctx) => takeAll(ctx as never, rows.map(({ id }) => id), signal));
    }
  },
};

async function takeAll(ctx: ShippingContext, ids: readonly string[], signal: AbortSignal): Promise<void> {
  const rows = await ctx.db.createQueryBuilder(CarrierCallbackRow, 'c').where('c.id = any(:ids) and c.dueAt is not null', { ids }).orderBy('c.saidAt').addOrderBy('c.seq').getMany();
  for (const row of rows) {
    if (signal.aborted) return;
    await takeOne(ctx, row).catch(async (error: unknown) => {
      ctx.log.warn({ err: error, callback: row.id }, 'What a carrier said could not be taken up.');
      await ctx.transaction((tx) => waitForOutage(tx, row));
    });
  }
}

async function takeOne(ctx: ShippingContext, row: CarrierCallbackRow): Promise<void> {
  const parcel = await parcelOf(ctx, row);
  if (!parcel) return settle(ctx, row);
  // The signature of a callback is a word that is sent along: what moves money is asked for.
  if (moneyEvents.has(row.said.event) && !(await isConfirmed(ctx, row, parcel))) return ctx.transaction((tx) => putOff(tx, row, parcel));
  const claim = isOf(row, parcel) ? await claimDeparture(ctx, parcel, placeOf(row)) : null;
  await ctx.transaction(async (tx) => {
    if (!(await take(tx, row))) return;
    await apply(tx, row, parcel.id, claim);
  });
}

/** Not of another consignment than the one that counts. */
function isOf({ said }: CarrierCallbackRow, { trackingId }: ParcelRow): boolean {
  return trackingId === null || trackingId === (said.consignment_id ?? '');
}

function placeOf({ said, saidAt }: CarrierCallbackRow): { to: ParcelState | null; at: Date } {
  return { to: stateOfEvent[said.event] ?? null, at: saidAt };
}

/** By the carrier's number, or by ours where its answer did not come. Only parcels that went by this account. */
async function parcelOf(ctx: ShippingContext, { said, accountId }: CarrierCallbackRow): Promise<ParcelRow | null> {
  const found = await ctx.db.createQueryBuilder(ParcelRow, 'p').innerJoin(ShipmentRow, 's', 's.tenantId = p.tenantId and s.id = p.shipmentId')
    .where('s.accountId = :accountId and (p.trackingId = :trackingId or p.id = :parcelId)', { accountId, trackingId: said.consignment_id ?? '', parcelId: said.merchant_order_id ?? '' }).getMany();
  return found.find(({ trackingId }) => trackingId === said.consignment_id) ?? found[0] ?? null;
}

/** Of this very parcel. That it was handed over is not that it came back: by that its buyer is paid back. */
async function isConfirmed(ctx: ShippingContext, { accountId, said }: CarrierCallbackRow, { id }: ParcelRow): Promise<boolean> {
  const account = await ctx.db.findOneByOrFail(CarrierAccountRow, { tenantId: ctx.tenant.id, id: accountId });
  const { parcelId, state, isHandedOver } = await (await carrierOf(ctx, account)).read(said.consignment_id ?? '');
  return parcelId === id && (stateOfEvent[said.event] === 'RETURNED' ? state === 'RETURNED' : isHandedOver);
}

async function apply(tx: ShippingTx, row: CarrierCallbackRow, parcelId: string, claim: Claim): Promise<void> {
  const { said } = row;
  const trackingId = said.consignment_id ?? '';
  await recordConsignment(tx, parcelId, { trackingId, trackingUrl: trackingUrlOf(trackingId), feeMinor: said.delivery_fee == null ? null : Math.round(said.delivery_fee * 100) });
  const whole = await lockedParcel(tx, parcelId);
  // Another consignment than the one that counts: noted already.
  if (!whole || !isOf(row, whole.parcel)) return;
  const { parcel } = whole;
  if (said.delivery_fee != null) parcel.feeMinor = Math.round(said.delivery_fee * 100);
  const cashMinor = cashEvents.has(said.event) && said.collected_amount != null ? poishaCollected(said.collected_amount, parcel.amountToCollectMinor) : null;
  const news = { ...placeOf(row), kind: said.event, note: said.reason ?? said.invoice_id ?? null, cashMinor: parcel.amountToCollectMinor > 0 ? cashMinor : null };
  await moveParcel(tx, whole, claimedNews(claim, news));
}

/** Takes it off the list; false where somebody else did. */
async function take(tx: ShippingTx, { id }: CarrierCallbackRow): Promise<boolean> {
  const { affected } = await tx.db.createQueryBuilder().update(CarrierCallbackRow).set({ dueAt: null }).where('id = :id and dueAt is not null', { id }).execute();
  return affected === 1;
}

/** Of no parcel that is known; it may be of one whose booking is not written yet. */
async function settle(ctx: ShippingContext, row: CarrierCallbackRow): Promise<void> {
  await ctx.transaction((tx) => putOff(tx, row));
}

async function putOff(tx: ShippingTx, row: CarrierCallbackRow, parcel?: ParcelRow): Promise<void> {
  const isOver = row.tries + 1 >= triesMax;
  await wait(tx, row, row.tries + 1, isOver);
  if (isOver && parcel) await note(tx, parcel, { to: null, kind: 'not-confirmed', note: `The carrier said ${row.said.event}, and nothing of it when it was asked.`, at: tx.clock.now() });
}

/** Nobody could be asked, which makes what was said no less true. */
async function waitForOutage(tx: ShippingTx, row: CarrierCallbackRow): Promise<void> {
  const isOver = tx.clock.now().getTime() - row.createdAt.getTime() > outageMsMax;
  if (isOver) tx.log.error({ callback: row.id, event: row.said.event }, 'What a carrier said was given up.');
  await wait(tx, row, Math.max(row.tries, Math.min(row.tries + 1, outageTriesMax)), isOver);
}

async function wait(tx: ShippingTx, { id, tries: before }: CarrierCallbackRow, tries: number, isOver: boolean): Promise<void> {
  const pauseMs = Math.min(2 ** before, pauseSecondsMax) * 1_000;
  await tx.db.update(CarrierCallbackRow, { tenantId: tx.tenant.id, id }, { tries, dueAt: isOver ? null : new Date(tx.clock.now().getTime() + pauseMs) });
}
