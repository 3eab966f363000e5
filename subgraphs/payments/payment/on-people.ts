import { emailVerified, userErased } from '@haat/schema/events/identity';
import { defineConsumer } from '@haat/kit/define';
import type { PaymentsTx } from '../context.js';

/** Whoever proved to own an e-mail address owns what they paid as a guest with it. */
export const onEmailVerified = defineConsumer('on-email-verified', emailVerified, async (tx: PaymentsTx, { payload: { userId, emailHash } }) => {
  if (emailHash === undefined) return;
  await tx.db.query('update payment set user_id = $1, guest_key = null, version = version + 1, updated_at = now() where email_hash = $2 and user_id is null', [userId, emailHash]);
});

/** Forgets a person: their cards at once, and what the provider knows of them by the job. What was paid stays, for the books. */
export const onUserErased = defineConsumer('on-user-erased', userErased, async (tx: PaymentsTx, { payload: { userId } }) => {
  await tx.db.query('delete from saved_method where user_id = $1', [userId]);
  await tx.db.query('update provider_customer set due_at = $2, version = version + 1, updated_at = now() where id = $1', [userId, tx.clock.now()]);
  await tx.db.query('update payment set email_hash = null, saved_method_id = null, version = version + 1, updated_at = now() where user_id = $1', [userId]);
  await tx.db.query('update payment_attempt a set customer_reference = null, method_reference = null, sealed_client_secret = null, version = a.version + 1, updated_at = now() from payment p where p.tenant_id = a.tenant_id and p.id = a.payment_id and p.user_id = $1', [userId]);
});
