import { newId } from '@haat/kit/id';
import type { PaymentsTx } from '../context.js';
import { tenantSlug } from '../account/tenant-slug.js';
import type { MethodSnapshot } from '../provider/payment-provider.js';
import { ProviderCustomerRow, SavedMethodRow } from './saved-method.row.js';

/** Keeps a method once, for whom the provider's customer is here; null where that is nobody of this tenant. What was removed stays so. */
export async function keepMethod(tx: PaymentsTx, { reference, customerReference, brand, lastFour, expiryMonth, expiryYear }: MethodSnapshot): Promise<SavedMethodRow | null> {
  const customer = await tx.db.findOneBy(ProviderCustomerRow, { tenantId: tx.tenant.id, provider: 'STRIPE', reference: customerReference });
  if (!customer || customer.dueAt !== null) return null;
  await tx.db.query(
    `insert into saved_method (id, user_id, provider, customer_reference, reference, brand, last_four, expiry_month, expiry_year, tenant_slug) values ($1, $2, 'STRIPE', $3, $4, $5, $6, $7, $8, $9)
     on conflict (tenant_id, provider, reference) do nothing`,
    [newId('spm', tx.clock.now()), customer.id, customerReference, reference, brand, lastFour, expiryMonth, expiryYear, await tenantSlug(tx)]);
  return tx.db.findOneBy(SavedMethodRow, { tenantId: tx.tenant.id, provider: 'STRIPE', reference });
}
