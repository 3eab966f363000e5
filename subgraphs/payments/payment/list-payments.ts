import { parsed } from '@haat/kit/input';
import { connectionOf, type Page, type PageArgs } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import type { PaymentsContext } from '../context.js';
import { PaymentStatus } from './payment-enums.js';
import { PaymentRow } from './payment.row.js';
import { Payment } from './payment.type.js';
import { promiseLapsed } from './promise-lapsed.js';

/** A page of payments. */
export const { Connection: PaymentConnection } = connectionOf(Payment, { name: 'Payment', description: 'Payments of the marketplace, newest first.' });

/** Which payments are wanted. */
@InputType({ description: 'Which payments are wanted; what is left out narrows nothing.' })
export class PaymentFilter {
  @Field(() => [PaymentStatus], { nullable: true, description: 'Only those that are in one of these states.' }) status?: PaymentStatus[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether only those are wanted that wait for somebody to look: held, with a refund that failed, or confirmed by a promise that lapsed.' }) needsAttention?: boolean | null;
}

const rules = z.object({ status: z.array(z.string()).max(Object.keys(PaymentStatus).length).nullish(), needsAttention: z.boolean().nullish() });

/** What failed waits until somebody did it again, or nothing is left to go back. */
const refundFailed = `(p.refundReservedMinor < p.capturedMinor and exists (select 1 from refund r where r.tenant_id = p.tenant_id and r.payment_id = p.id and r.status = 'FAILED' and r.replaced_by_id is null))`;

/** It stays listed until it is paid for, or nothing is due of it. */
const lapsed = `(p.capturedMinor = 0 and exists (select 1 from payment_attempt a where a.tenant_id = p.tenant_id and a.payment_id = p.id and a.error_code = :promiseLapsed)
  and exists (select 1 from payment_share s where s.tenant_id = p.tenant_id and s.payment_id = p.id and s.cancelled_minor < s.amount_minor))`;

/** Payments of the marketplace that fit a filter, newest first: for operators. */
export async function listPayments(ctx: PaymentsContext, args: PageArgs, filter: PaymentFilter): Promise<Page<Payment>> {
  const { status, needsAttention } = parsed(rules, filter, ['filter']);
  const qb = ctx.db.createQueryBuilder(PaymentRow, 'p').where('true');
  if (status?.length) qb.andWhere('p.status = any(:status)', { status });
  if (needsAttention) qb.andWhere(`(p.heldReason is not null or ${refundFailed} or ${lapsed})`, { promiseLapsed });
  const order = [{ column: 'p.createdAt', direction: 'DESC' }, { column: 'p.id', direction: 'DESC' }] as const;
  const { edges, pageInfo, totalCount } = await keysetPage({ qb, args, order, tenantId: ctx.tenant.id, key: JSON.stringify({ status, needsAttention }) });
  const typed = edges.map(({ cursor, node }) => ({ cursor, node: Payment.of(node, null) }));
  return { edges: typed, nodes: typed.map(({ node }) => node), pageInfo, totalCount };
}
