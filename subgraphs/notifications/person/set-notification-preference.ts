import { parsed } from '@haat/kit/input';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { NotificationsTx } from '../context.js';
import { noticeRules, NotificationKind } from '../notice/notice-kind.js';
import { NotificationPreference } from './notification-preference.type.js';
import { people, personId } from './person.row.js';
import { wishOf } from './wish.js';

/** What is wanted of one kind. */
@InputType({ description: 'On which ways the viewer wants to be told one kind of thing; what is left out stays.' })
export class SetNotificationPreferenceInput {
  @Field(() => NotificationKind, { description: 'What the preference is about.' })
  kind: NotificationKind;

  @Field(() => Boolean, { nullable: true, description: 'Whether to show it in the application.' })
  inApp?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to send it by e-mail.' })
  email?: boolean | null;
}

/** The law wants it sent. */
@ObjectType({ implements: Problem, description: 'The e-mail of this kind cannot be turned off: buyers have a right to it.' })
export class NotificationEmailRequired extends Problem {
  @Field(() => NotificationKind, { description: 'The kind whose e-mail is always sent.' })
  kind: NotificationKind;
}

/** The preference, or why it stays. */
export const SetNotificationPreferenceResult = resultOf('SetNotificationPreferenceResult', 'The preference as it is now, or why it was left.', [NotificationPreference, NotificationEmailRequired]);

const rules = z.object({ kind: z.enum(NotificationKind), inApp: z.boolean().nullish(), email: z.boolean().nullish() });

/** Keeps what the viewer wants of one kind from now on. */
export async function setNotificationPreference(tx: NotificationsTx, input: SetNotificationPreferenceInput): Promise<NotificationPreference | NotificationEmailRequired> {
  const { kind, inApp, email } = parsed(rules, input);
  if (email === false && noticeRules[kind].isEmailRequired) return Object.assign(new NotificationEmailRequired(), { message: 'This e-mail is always sent: it is the confirmation of an order.', kind });
  const userId = tx.viewer.userId ?? '';
  const written = await tx.db.collection(people).changeOrInsert(personId(tx.tenant.id, userId), (person) => {
    const before = wishOf(person, kind);
    const others = (person?.wishes ?? []).filter((wish) => wish.kind !== kind);
    return { ...person, userId, wishes: [...others, { kind, inApp: inApp ?? before.inApp, email: email ?? before.email }] };
  });
  return NotificationPreference.of(wishOf('document' in written ? written.document : undefined, kind));
}
