import { DateTime } from '@haat/kit/scalars';
import { signedToken } from '@haat/kit/signed-token';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import type { DocumentRow } from './document.row.js';

/** Minutes that a link to a document holds. */
const linkMinutes = 15;

/** What a signed link to a document is good for. */
export const documentPurpose = 'order-document';

/** What papers there are, for clients. */
export enum OrderDocumentKind { INVOICE = 'INVOICE', PACKING_SLIP = 'PACKING_SLIP' }

registerEnumType(OrderDocumentKind, {
  name: 'OrderDocumentKind', description: 'What a paper of an order is.',
  valuesConfig: { INVOICE: { description: 'What a vendor charges for its part, with its taxes.' }, PACKING_SLIP: { description: 'What is in the parcels of a vendor\'s part.' } },
});

/** Where a document is fetched. */
@ObjectType({ description: 'Where a document is fetched, by whoever has the link, for a quarter of an hour.' })
export class DocumentLink {
  @Field(() => OrderDocumentKind, { description: 'What the paper is for.' }) kind: OrderDocumentKind;
  @Field(() => String, { description: 'The number that is printed on it.' }) number: string;
  @Field(() => String, { description: 'The path on the host of this API; a PDF answers there.' }) url: string;
  @Field(() => DateTime, { description: 'When the link is over; ask again for another.' }) expiresAt: Date;
  @Field(() => DateTime, { description: 'When the document was issued, in UTC.' }) issuedAt: Date;

  static of({ config, tenant, clock }: OrdersContext, { id, kind, number, issuedAt }: DocumentRow): DocumentLink {
    const expiresAt = new Date(clock.now().getTime() + linkMinutes * 60_000);
    const key = signedToken(config.GUEST_KEY_SECRET, { purpose: documentPurpose, tenantId: tenant.id, id, expiresAt });
    return Object.assign(new DocumentLink(), { kind: OrderDocumentKind[kind], number, issuedAt, expiresAt, url: `/hooks/orders/documents/${key}/${tenant.slug}` });
  }
}
