import type { Job } from '@haat/kit/define';
import { addressOf } from '../carrier/book-parcel.js';
import { CarrierRefusal } from '../carrier/carrier.js';
import type { ShippingContext, ShippingTx } from '../context.js';
import { lockedShipment, type WholeShipment } from '../shipment/locked-parcels.js';
import { moveParcel } from '../shipment/move-parcel.js';
import { ParcelRow, ShipmentRow } from '../shipment/shipment.row.js';
import { VendorOrderFact } from '../order/vendor-order-fact.row.js';
import { LabelRow } from './label.row.js';
import { writeLabel } from './write-label.js';

/** Labels that one run makes, and how often one is tried. */
const [labelsMax, triesMax] = [100, 8];

/** Makes the labels that are due, never in a request. A parcel with its label waits to be fetched. */
export const makeLabels: Job = {
  name: 'make-labels', everyMs: 1_000,
  async run({ clock, signal, sweep, inTenant }) {
    const due = await sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from label where due_at <= $1 order by due_at limit ${labelsMax}`, [clock.now()]);
    for (const { tenant_id, id } of due) {
      if (signal.aborted) return;
      await inTenant(tenant_id, (ctx) => make(ctx as never, id));
    }
  },
};

async function make(ctx: ShippingContext, id: string): Promise<void> {
  const row = await ctx.db.findOneBy(LabelRow, { tenantId: ctx.tenant.id, id });
  if (row?.state !== 'REQUESTED') return;
  const pdf = await drawn(ctx, row).catch((error: unknown) => {
    if (error instanceof CarrierRefusal) return 'GONE' as const;
    ctx.log.error({ err: error, label: id, tries: row.tries + 1 }, 'A label could not be made.');
    return undefined;
  });
  await ctx.transaction(async (tx) => {
    // Its order first, as everywhere: who packs or books holds that while it asks for a label.
    const whole = await lockedShipment(tx, row.shipmentId);
    const now = tx.clock.now();
    const changes = outcomeOf(row, pdf, now);
    const { affected } = await tx.db.update(LabelRow, { tenantId: tx.tenant.id, id, state: 'REQUESTED' }, { ...changes, version: row.version + 1 });
    if (changes.state === 'READY' && affected === 1 && whole) await labelled(tx, whole);
  });
}

/** Made; not needed any more, since the order is over; or to be tried again. */
function outcomeOf(row: LabelRow, pdf: Uint8Array | 'GONE' | undefined, now: Date): Pick<LabelRow, 'state' | 'dueAt'> & Partial<LabelRow> {
  if (pdf === 'GONE') return { state: 'GONE', dueAt: null };
  return pdf ? { state: 'READY', pdf: Buffer.from(pdf), madeAt: now, dueAt: null } : failed(row, now);
}

async function drawn(ctx: ShippingContext, { shipmentId }: LabelRow): Promise<Uint8Array> {
  const tenantId = ctx.tenant.id;
  const shipment = await ctx.db.findOneByOrFail(ShipmentRow, { tenantId, id: shipmentId });
  const fact = await ctx.db.findOneByOrFail(VendorOrderFact, { tenantId, id: shipment.vendorOrderId });
  const parcels = await ctx.db.find(ParcelRow, { where: { tenantId, shipmentId }, order: { position: 'ASC' } });
  return writeLabel({
    carrier: shipment.carrier, sender: fact.vendorName, orderNumber: fact.number, currency: fact.currency, locale: fact.locale, at: ctx.clock.now(), to: await addressOf(ctx, fact),
    parcels: parcels.filter(({ status }) => status !== 'CANCELLED').map(({ position, trackingId, weightGrams, amountToCollectMinor }) => ({ position, trackingId: trackingId ?? '', weightGrams, amountToCollectMinor })),
  });
}

async function labelled(tx: ShippingTx, { fact, shipment, parcels }: WholeShipment): Promise<void> {
  // A carrier may have fetched it already: it moves only where it waited for this.
  for (const parcel of parcels.filter(({ status }) => status === 'BOOKED')) await moveParcel(tx, { fact, shipment, parcel }, { to: 'LABELLED', kind: 'labelled', at: parcel.heardAt ?? tx.clock.now() });
}

/** Later again, each time twice as late; given up in the end, where it is found by its state. */
function failed({ tries }: LabelRow, now: Date): Pick<LabelRow, 'state' | 'tries' | 'dueAt'> {
  const isOver = tries + 1 >= triesMax;
  return { state: isOver ? 'FAILED' : 'REQUESTED', tries: tries + 1, dueAt: isOver ? null : new Date(now.getTime() + 2 ** tries * 5_000) };
}
