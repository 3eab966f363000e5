import { Money } from '@haat/kit/money';
import { DateTime } from '@haat/kit/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { NotificationKind } from '../notice/notice-kind.js';
import type { NotificationRow } from './notification.row.js';

/** Whoever is told things; identity knows them, and we add what they were told. */
@ObjectType()
@Directive('@key(fields: "id")')
export class User {
  @Field(() => ID) id: string;
}

/** Something one person was told in the application. */
@ObjectType({ description: 'Something that one person was told in the application; nobody else sees it.' })
export class Notification {
  @Field(() => ID, { description: 'Names the notification; begins with ntf_.' })
  id: string;

  @Field(() => NotificationKind, { description: 'What it tells its reader about.' })
  kind: NotificationKind;

  @Field(() => String, { description: "One line in the reader's language; the marketplace's own words where it has some." })
  title: string;

  @Field(() => ID, { nullable: true, description: 'The order it is about, where it is about one.' })
  orderId?: string | null;

  @Field(() => String, { nullable: true, description: "Number of the order; for merchants, that of their vendor's part." })
  orderNumber?: string | null;

  @Field(() => ID, { nullable: true, description: "The vendor's part of the order, where it is about one." })
  vendorOrderId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The vendor it is about, where it is about one.' })
  vendorId?: string | null;

  @Field(() => Money, { nullable: true, description: 'What was ordered, paid, cancelled or paid back, where it is about money.' })
  amount?: Money | null;

  @Field(() => String, { nullable: true, description: 'Where the carrier shows the parcel, where it can be followed.' })
  trackingUrl?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was marked as read; null until then.' })
  readAt?: Date | null;

  @Field(() => DateTime, { description: 'When it was told, in UTC.' })
  createdAt: Date;

  /** What its reader sees. `readUpTo` is until when they have read everything. */
  static of(row: NotificationRow, title: string, readUpTo: Date | undefined): Notification {
    const { _id, kind, orderId, orderNumber, vendorOrderId, vendorId, amountMinor, currency, trackingUrl, createdAt } = row;
    const amount = amountMinor === undefined || currency === undefined ? null : Money.of(amountMinor, currency);
    const readAt = row.readAt ?? (readUpTo && createdAt <= readUpTo ? readUpTo : null);
    return Object.assign(new Notification(), { id: _id, kind, title, orderId, orderNumber, vendorOrderId, vendorId, amount, trackingUrl, readAt, createdAt });
  }
}

