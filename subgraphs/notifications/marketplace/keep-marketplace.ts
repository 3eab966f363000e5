import type { EventEnvelope } from '@haat/schema/event';
import type { tenantState } from '@haat/schema/events/tenants';
import type { z } from 'zod';
import type { NotificationsTx } from '../context.js';
import { marketplaces } from './marketplace.row.js';

/** Takes over what an event says of its marketplace, unless a later state is here already. */
export async function keepMarketplace(tx: NotificationsTx, event: EventEnvelope<z.infer<typeof tenantState>>): Promise<void> {
  const { slug, name, status, locales, timeZone } = event.payload;
  const tenantVersion = event.aggregate.version;
  await tx.db.collection(marketplaces).changeOrInsert(event.tenantId, (kept) => {
    const isOld = kept !== undefined && kept.tenantVersion >= tenantVersion;
    return isOld ? undefined : { slug, name, status, locales, timeZone, tenantVersion };
  });
}
