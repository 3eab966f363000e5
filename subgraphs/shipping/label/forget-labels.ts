import type { ShippingTx } from '../context.js';

/** Takes away the labels of a vendor's part: nobody sends anything of it any more, and they name a person. */
export async function forgetLabels(tx: ShippingTx, vendorOrderId: string): Promise<void> {
  await tx.db.query(
    `update label l set state = 'GONE', pdf = null, due_at = null, version = l.version + 1, updated_at = now() from shipment s
     where s.tenant_id = l.tenant_id and s.id = l.shipment_id and s.vendor_order_id = $1 and l.state <> 'GONE'`, [vendorOrderId]);
}
