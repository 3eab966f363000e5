import { noticeRules, type NotificationKind } from '../notice/notice-kind.js';
import type { PersonRow } from './person.row.js';

/** The ways on which somebody is told something. */
export interface Wish {
  readonly kind: NotificationKind;
  readonly inApp: boolean;
  readonly email: boolean;
}

/** What a person wants of a kind of news: what they said, else the rule of the kind. */
export function wishOf(person: Pick<PersonRow, 'wishes'> | null | undefined, kind: NotificationKind): Wish {
  const { byEmail, isEmailRequired } = noticeRules[kind];
  const said = person?.wishes.find((wish) => wish.kind === kind);
  return { kind, inApp: said?.inApp ?? true, email: isEmailRequired === true || (said?.email ?? byEmail) };
}
