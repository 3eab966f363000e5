import { vendorApproved, vendorChanged, vendorRestored, vendorSuspended, type VendorState } from '@haat/schema/events/vendors';
import { defineConsumer } from '@haat/kit/define';
import type { EventEnvelope } from '@haat/schema/event';
import type { SearchTx } from '../context.js';
import { lockProducts } from '../document/lock-products.js';
import { writeLabels } from '../document/write-documents.js';
import { writeSelling } from '../document/write-selling.js';

/** A vendor was made, or its name or standing changed, or a holiday of it began or ended. */
export const onVendorChanged = defineConsumer('on-vendor-changed', vendorChanged, saveVendor);

/** A vendor may sell. */
export const onVendorApproved = defineConsumer('on-vendor-approved', vendorApproved, saveVendor);

/** A vendor may sell no more: nothing of it is found from this commit on. */
export const onVendorSuspended = defineConsumer('on-vendor-suspended', vendorSuspended, saveVendor);

/** A vendor may sell again. */
export const onVendorRestored = defineConsumer('on-vendor-restored', vendorRestored, saveVendor);

async function saveVendor(tx: SearchTx, { aggregate, payload }: EventEnvelope<VendorState>): Promise<void> {
  const { vendorId, name, slug, status, openNow } = payload;
  await tx.db.query('insert into vendor_fact (id, version) values ($1, -1) on conflict do nothing', [vendorId]);
  const [known]: { version: number; status: string | null; is_open: boolean }[] = await tx.db.query('select version, status, is_open from vendor_fact where id = $1 for update', [vendorId]);
  if (!known || known.version > aggregate.version) return;
  await tx.db.query('update vendor_fact set version = $2, name = $3, slug = $4, status = $5, is_open = $6, updated_at = now() where id = $1', [vendorId, aggregate.version, name, slug, status, openNow]);
  await writeLabels(tx.db, [{ facet: 'vendor', value: vendorId, locale: '*', name }]);
  if (status === (known.status ?? 'APPROVED') && openNow === known.is_open) return;
  const products: { id: string }[] = await tx.db.query(
    `select distinct product_id as id from offer_fact where vendor_id = $1 and product_id is not null union select id from document where keeper_id = $1`, [vendorId],
  );
  const ids = products.map(({ id }) => id);
  if (ids.length === 0) return;
  await lockProducts(tx.db, ids);
  await writeSelling(tx.db, ids);
}
