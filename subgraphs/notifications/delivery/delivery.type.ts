import { DateTime, Locale } from '@haat/kit/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { TemplateKind } from '../template/template-kind.js';
import type { DeliveryRow } from './delivery.row.js';

/** The way a message takes. */
export enum DeliveryChannel { EMAIL = 'EMAIL' }

registerEnumType(DeliveryChannel, {
  name: 'DeliveryChannel',
  description: 'The way that a message takes to its recipient.',
  valuesConfig: { EMAIL: { description: 'Sent as e-mail by SMTP.' } },
});

/** How far a message got. */
export enum DeliveryStatus { QUEUED = 'QUEUED', SENT = 'SENT', FAILED = 'FAILED', SUPPRESSED = 'SUPPRESSED' }

registerEnumType(DeliveryStatus, {
  name: 'DeliveryStatus',
  description: 'How far a message to a recipient has come.',
  valuesConfig: {
    QUEUED: { description: 'Waits to be sent, the first time or again.' },
    SENT: { description: 'Taken over by the mail server of the provider.' },
    FAILED: { description: 'Refused for good, or tried as often as may be.' },
    SUPPRESSED: { description: 'Not sent on purpose; the reason says why.' },
  },
});

/** One message to one recipient, as an operator sees it: what it said is not kept. */
@ObjectType({ description: 'One message to one recipient and what became of it. What it said is not kept.' })
export class Delivery {
  @Field(() => ID, { description: 'Names the delivery, also in the Message-ID of the mail; begins with dlv_.' })
  id: string;

  @Field(() => DeliveryChannel, { description: 'The way that it takes to its recipient.' })
  channel: DeliveryChannel;

  @Field(() => TemplateKind, { description: 'What the message is for.' })
  kind: TemplateKind;

  @Field(() => DeliveryStatus, { description: 'How far it has come until now.' })
  status: DeliveryStatus;

  @Field(() => String, { description: 'To whom, masked such as a…@e….com, since operators need not know addresses.' })
  recipient: string;

  @Field(() => Locale, { description: "Language it was sent in; while it waits, the reader's own." })
  locale: string;

  @Field(() => Int, { description: 'How often sending it was begun.' })
  attempts: number;

  @Field(() => String, { nullable: true, description: 'Why it was not sent, the last time or for good.' })
  reason?: string | null;

  @Field(() => String, { nullable: true, description: "The mail server's name for it once it was taken over." })
  providerId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Version of the template it was made from; 0 for the words built in.' })
  templateVersion?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it is tried next, while it waits.' })
  nextAttemptAt?: Date | null;

  @Field(() => DateTime, { description: 'When it was put into the queue.' })
  createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was sent or given up; null while it waits.' })
  settledAt?: Date | null;

  /** What an operator may see of it. */
  static of(row: DeliveryRow): Delivery {
    const { _id, channel, kind, status, recipient, locale, attempts, reason, providerId, templateVersion, dueAt, createdAt, settledAt } = row;
    return Object.assign(new Delivery(), { id: _id, channel, kind, status, recipient, locale, attempts, reason, providerId, templateVersion, nextAttemptAt: dueAt, createdAt, settledAt });
  }
}
