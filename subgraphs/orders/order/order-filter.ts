import { badInput } from '@haat/kit/refusal';
import { DateTime } from '@haat/kit/scalars';
import { Field, ID, InputType } from 'type-graphql';
import type { SelectQueryBuilder } from 'typeorm';
import { emailHashOf } from './email-hash.js';
import { OrderStatus } from './order-enums.js';
import type { OrderRow } from './order.row.js';

/** Characters of a number, an address or a telephone number that is searched for. */
const wordCharactersMax = 320;

/** Which orders an operator looks for. Everything that is said must hold. */
@InputType({ description: 'Which orders are looked for; everything that is said must hold.' })
export class OrderFilter {
  @Field(() => String, { nullable: true, description: 'The number of the order or of a vendor\'s part, exactly.' }) number?: string | null;
  @Field(() => String, { nullable: true, description: 'The e-mail address it was placed with, exactly.' }) email?: string | null;
  @Field(() => String, { nullable: true, description: 'The telephone number it was placed with, exactly.' }) phone?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only orders with a part of this vendor.' }) vendorId?: string | null;
  @Field(() => [OrderStatus], { nullable: true, description: 'Only orders in one of these states.' }) status?: OrderStatus[] | null;
  @Field(() => DateTime, { nullable: true, description: 'Only orders placed at this moment or later.' }) placedFrom?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Only orders placed before this moment.' }) placedBefore?: Date | null;
}

/** Narrows a selection of orders, aliased `o`, to a filter. */
export function narrow(qb: SelectQueryBuilder<OrderRow>, filter: OrderFilter): SelectQueryBuilder<OrderRow> {
  const { number, email, phone, vendorId, status, placedFrom, placedBefore } = filter;
  for (const word of [number, email, phone]) if (word && word.length > wordCharactersMax) throw badInput([{ path: ['filter'], message: `expected at most ${wordCharactersMax} characters, came ${word.length}` }]);
  if (number) qb.andWhere(`(o.number = :number or exists (select 1 from vendor_order v where v.tenant_id = o.tenant_id and v.order_id = o.id and v.number = :number))`, { number });
  if (email) qb.andWhere('o.emailHash = :emailHash', { emailHash: emailHashOf({ email, phone: null, name: null }) });
  if (phone) qb.andWhere(`o.contact ->> 'phone' = :phone`, { phone });
  if (vendorId) qb.andWhere('exists (select 1 from vendor_order v where v.tenant_id = o.tenant_id and v.order_id = o.id and v.vendor_id = :vendorId)', { vendorId });
  if (status?.length) qb.andWhere(`${rolledUp} = any(:status)`, { status });
  if (placedFrom) qb.andWhere('o.placedAt >= :placedFrom', { placedFrom });
  if (placedBefore) qb.andWhere('o.placedAt < :placedBefore', { placedBefore });
  return qb;
}

/** As {@link rollUp} has it, in SQL: the state is kept nowhere. A test holds the two together over every combination. */
export const rolledUpOf = (states: string): string => `(select case
  when count(*) filter (where s <> 'CANCELLED') = 0 then 'CANCELLED'
  when bool_and(s = 'EXPIRED') filter (where s <> 'CANCELLED') then 'EXPIRED'
  when bool_or(s = 'PENDING_PAYMENT') then 'PENDING_PAYMENT'
  when bool_and(s = 'COMPLETED') filter (where s <> 'CANCELLED') then 'COMPLETED'
  when bool_and(s in ('COMPLETED', 'DELIVERED')) filter (where s <> 'CANCELLED') then 'DELIVERED'
  when bool_and(s in ('COMPLETED', 'DELIVERED', 'PARTIALLY_DELIVERED', 'SHIPPED')) filter (where s <> 'CANCELLED') then 'SHIPPED'
  when bool_or(s in ('COMPLETED', 'DELIVERED', 'PARTIALLY_DELIVERED', 'SHIPPED', 'PARTIALLY_SHIPPED')) then 'PARTIALLY_SHIPPED'
  else 'CONFIRMED' end from ${states})`;

const rolledUp = rolledUpOf('(select v.status as s from vendor_order v where v.tenant_id = o.tenant_id and v.order_id = o.id) as parts');
