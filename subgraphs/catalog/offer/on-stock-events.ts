import type { EventEnvelope } from '@haat/schema/event';
import { stockBack, stockRanOut } from '@haat/schema/events/inventory';
import { defineConsumer } from '@haat/kit/define';
import type { CatalogTx } from '../context.js';
import { offers } from './offer.row.js';

/** Nothing of an offer is left. */
export const onStockRanOut = defineConsumer('on-stock-ran-out', stockRanOut, keepStock);
/** It can be bought again, or for the first time. */
export const onStockBack = defineConsumer('on-stock-back', stockBack, keepStock);

/** Both say what there is; each comes on its own way, so only the newest counts. */
async function keepStock(tx: CatalogTx, { aggregate: { version }, payload }: EventEnvelope<{ offerId: string; available: number; backorder: boolean }>): Promise<void> {
  const { offerId, available, backorder } = payload;
  await tx.db.collection(offers).change(offerId, (current) => {
    if (current.stocked && current.stocked.heardVersion >= version) return undefined;
    return { ...current, stocked: { heardVersion: version, isInStock: available > 0, isBackorder: backorder } };
  });
}
