import { partnerChanged } from '@haat/schema/events/partners';
import type { PartnersTx } from '../context.js';
import type { PartnerApp } from './partner-app.js';

/** Saves a program as its next version and says so: what doors keep of it is forgotten. */
export async function sayPartner(tx: PartnersTx, app: PartnerApp): Promise<PartnerApp> {
  const saved = await tx.db.save(Object.assign(app, { version: app.version + 1 }));
  await tx.emit(partnerChanged, { aggregate: { id: saved.id, version: saved.version }, payload: partnerStateOf(saved) });
  return saved;
}

/** What events say of a program. */
export function partnerStateOf({ id: partnerAppId, name, status, vendorId }: PartnerApp) {
  return { partnerAppId, name, status, ...(vendorId !== null && { vendorId }) };
}
