import { defineCollection } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';
import type { NotificationsContext, NotificationsTx } from '../context.js';
import { forgetting } from '../forget-over.js';
import { personId } from './person.row.js';

/** How long it is known that a person was erased, in milliseconds: 400 days, in which orders of theirs may still change. */
const keptMs = 400 * 86_400_000;

/** Who was erased: the bare id and nothing else. Events of their orders still name them, and may come later than their erasure. */
export const erasedPeople = defineCollection({
  name: 'erased_people',
  schema: z.object({ forgetAt: z.date() }),
  due: ['forgetAt'],
});

/** Remembers that a person was erased. */
export async function rememberErased(tx: NotificationsTx, userId: string): Promise<void> {
  const forgetAt = new Date(tx.clock.now().getTime() + keptMs);
  await tx.db.collection(erasedPeople).insert({ _id: personId(tx.tenant.id, userId), forgetAt }, { followUp: true });
}

/** Whether a person was erased here. A guest never is: nobody knows them. */
export async function wasErased({ db, tenant }: Pick<NotificationsContext, 'db' | 'tenant'>, userId: string | null | undefined): Promise<boolean> {
  return typeof userId === 'string' && (await db.collection(erasedPeople).findById(personId(tenant.id, userId))) !== undefined;
}

/** Removes what is known of people whose orders change no more. */
export const forgetErasedPeople = forgetting('forget-erased-people', erasedPeople);
