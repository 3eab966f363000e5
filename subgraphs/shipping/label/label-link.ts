import { DateTime } from '@haat/kit/scalars';
import { signedToken } from '@haat/kit/signed-token';
import { Field, ObjectType } from 'type-graphql';
import type { ShippingContext } from '../context.js';
import type { LabelRow } from './label.row.js';

/** Minutes that a link to a label holds. */
const linkMinutes = 15;

/** What a signed link to a label is good for. */
export const labelPurpose = 'shipment-label';

/** Where labels are fetched. */
@ObjectType({ description: 'Where the labels of a shipment are fetched, one page for each parcel, by whoever has the link.' })
export class Label {
  @Field(() => String, { description: 'The path on the host of this API; a PDF answers there.' }) url: string;
  @Field(() => DateTime, { description: 'When the link is over; ask again for another.' }) expiresAt: Date;
  @Field(() => DateTime, { nullable: true, description: 'When the labels were made, in UTC.' }) madeAt: Date | null;

  static of({ config, tenant, clock }: ShippingContext, { id, madeAt }: LabelRow): Label {
    const expiresAt = new Date(clock.now().getTime() + linkMinutes * 60_000);
    const key = signedToken(config.GUEST_KEY_SECRET, { purpose: labelPurpose, tenantId: tenant.id, id, expiresAt });
    return Object.assign(new Label(), { url: `/hooks/shipping/labels/${key}/${tenant.slug}`, expiresAt, madeAt });
  }
}
