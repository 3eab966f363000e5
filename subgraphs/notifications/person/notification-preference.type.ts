import { Field, ObjectType } from 'type-graphql';
import { noticeRules, NotificationKind } from '../notice/notice-kind.js';
import type { Wish } from './wish.js';

/** On which ways a person is told one kind of thing. */
@ObjectType({ description: 'On which ways a person is told one kind of thing.' })
export class NotificationPreference implements Wish {
  @Field(() => NotificationKind, { description: 'What the preference is about.' })
  kind: NotificationKind;

  @Field(() => Boolean, { description: 'Whether it is shown in the application.' })
  inApp: boolean;

  @Field(() => Boolean, { description: 'Whether it is sent by e-mail.' })
  email: boolean;

  @Field(() => Boolean, { description: 'Whether its e-mail cannot be turned off, since the law wants it sent.' })
  isEmailRequired: boolean;

  /** As its owner sees it. */
  static of(wish: Wish): NotificationPreference {
    return Object.assign(new NotificationPreference(), wish, { isEmailRequired: noticeRules[wish.kind].isEmailRequired ?? false });
  }
}
