import { userErased } from '@haat/schema/events/identity';
import { defineConsumer } from '@haat/kit/define';
import type { PricingTx } from '../context.js';
import { subjectsOf } from './subjects.js';

/**
 * Forgets the e-mail addresses and telephone numbers that a person ordered by: what is kept is counted by the account that is no more. Uses that were
 * counted by these are forgotten with them.
 */
export const onUserErased = defineConsumer('on-user-erased', userErased, async (tx: PricingTx, { payload: { userId } }) => {
  const person = subjectsOf({ userId, guestKey: null }, { emailHash: null });
  await tx.db.query(
    `delete from use_counter where subject = any(array(
       select s from (select subjects from buyer_order where subjects @> $1 union all select subjects from redemption where subjects @> $1) as theirs, unnest(subjects) as s where starts_with(s, 'email:') or starts_with(s, 'phone:')))`, [person]);
  await tx.db.query('update buyer_order set subjects = $1, is_erased = true, updated_at = now() where subjects @> $1', [person]);
  await tx.db.query('update redemption set subjects = $1, version = version + 1, updated_at = now() where subjects @> $1', [person]);
});
