import { orderChanged, vendorOrderAccepted, vendorOrderCancelled, vendorOrderChanged, type OrderedLine, type VendorOrderState } from '@haat/schema/events/orders';
import { defineConsumer } from '@haat/kit/define';
import type { ShippingTx } from '../context.js';
import { forgetLabels } from '../label/forget-labels.js';
import { dropUnsent } from '../shipment/drop-unsent.js';
import { lockedFact } from './locked-fact.js';
import type { LineFact } from './vendor-order-fact.row.js';

type Said<P> = { readonly payload: P; readonly aggregate: { readonly version: number } };

/** States in which nobody sends anything any more, and nobody needs to know where to. */
const over = ['COMPLETED', 'CANCELLED', 'EXPIRED'];

/** Keeps what is to be sent, to whom and for how much. */
export const onVendorOrderChanged = defineConsumer('on-vendor-order-changed', vendorOrderChanged, async (tx: ShippingTx, event) => void (await keep(tx, event)));

/** From now on it may be sent. */
export const onVendorOrderAccepted = defineConsumer('on-vendor-order-accepted', vendorOrderAccepted, async (tx: ShippingTx, event) => void (await keep(tx, event)));

/** Pieces will not be sent: parcels that hold them and are still here are dropped. Pieces that had left come back by themselves. */
export const onVendorOrderCancelled = defineConsumer('on-vendor-order-cancelled', vendorOrderCancelled, async (tx: ShippingTx, event) => {
  await keep(tx, event);
  const { vendorOrderId, shipped, cancelled, amountMinor, reason } = event.payload;
  if (shipped) return;
  const fact = await lockedFact(tx, vendorOrderId);
  if (!fact) return;
  const withdrawn = { ...fact.withdrawn };
  for (const { orderLineId, quantity } of cancelled) withdrawn[orderLineId] = (withdrawn[orderLineId] ?? 0) + quantity;
  await tx.db.save(Object.assign(fact, { withdrawn, withdrawnMinor: fact.withdrawnMinor + amountMinor }));
  await dropUnsent(tx, fact, reason);
});

/** Keeps whose order it is: a guest's may join an account. */
export const onOrderChanged = defineConsumer('on-order-changed', orderChanged, async (tx: ShippingTx, { payload: { orderId, buyer } }) => {
  await tx.db.query(
    `update vendor_order_fact set user_id = $2, guest_key = $3, updated_at = now() where tenant_id = $4 and order_id = $1 and (user_id, guest_key) is distinct from ($2, $3)`,
    [orderId, buyer.userId, buyer.guestKey, tx.tenant.id]);
});

/** An older state than the one that is known changes nothing: events may come again, or late. */
async function keep(tx: ShippingTx, { payload, aggregate: { version } }: Said<VendorOrderState>): Promise<void> {
  await tx.db.query('insert into vendor_order_fact (id, version, order_id, number, order_number, vendor_id, vendor_name, status, locale, currency, lines, ship_to, amount_to_collect_minor) '
    + `values ($1, 0, $2, $3, $4, $5, $6, $7, $8, $9, '[]', '{}', 0) on conflict (tenant_id, id) do nothing`,
  [payload.vendorOrderId, payload.orderId, payload.number, payload.orderNumber, payload.vendorId, payload.vendorName, payload.status, payload.locale, payload.currency]);
  const fact = await lockedFact(tx, payload.vendorOrderId);
  if (!fact || fact.version >= version) return;
  const { status, buyer, lines, shipTo, sealedForShipping, amountToCollectMinor } = payload;
  const isOver = over.includes(status);
  await tx.db.save(Object.assign(fact, {
    version, status, userId: buyer.userId, guestKey: buyer.guestKey, lines: lines.map(lineFact), shipTo, amountToCollectMinor, sealedAddress: isOver ? null : sealedForShipping,
  }));
  if (isOver) await forgetLabels(tx, fact.id);
}

function lineFact({ orderLineId, cartLineId, offerId, title, sku, weightGrams, quantity, cancelled, totalMinor }: OrderedLine): LineFact {
  return { orderLineId, cartLineId, offerId, title, sku, weightGrams, quantity, cancelled, totalMinor };
}
