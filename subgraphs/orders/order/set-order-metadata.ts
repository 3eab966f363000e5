import { parsed } from '@haat/kit/input';
import { idText, inputListMax } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { MetadataEntryInput, metadataEntryRules } from '@haat/kit/shared-types';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { OrdersTx } from '../context.js';
import { OrderRow } from './order.row.js';
import { Order } from './order.type.js';

/** How many facts one order carries at most. */
const metadataEntriesMax = 50;

/** What integrations keep of an order. */
@InputType({ description: 'The facts that integrations keep of an order, in place of those kept.' })
export class SetOrderMetadataInput {
  @Field(() => ID, { description: 'The order the facts are about.' }) orderId: string;
  @Field(() => [MetadataEntryInput], { description: 'All facts from now on, at most 50, keys at most 100 characters.' }) entries: MetadataEntryInput[];
}

/** No room for so many. */
@ObjectType({ implements: Problem, description: 'One order carries no more facts than this; nothing was changed.' })
export class OrderMetadataLimitReached extends Problem {
  @Field(() => Int, { description: 'How many facts one order carries at most.' }) limit: number;
}

/** The order, or that there were too many. */
export const SetOrderMetadataResult = resultOf('SetOrderMetadataResult', 'The order with the new facts, or that there were too many.', [Order, OrderMetadataLimitReached]);

const rules = z.object({
  orderId: idText,
  entries: z.array(metadataEntryRules).max(inputListMax),
});

/** Replaces the facts of an order. */
export async function setOrderMetadata(tx: OrdersTx, input: SetOrderMetadataInput): Promise<Order | OrderMetadataLimitReached> {
  const { orderId, entries } = parsed(rules, input);
  const row = await tx.db.findOne(OrderRow, { where: { tenantId: tx.tenant.id, id: orderId }, lock: { mode: 'pessimistic_write' } });
  if (!row) throw notFound('order');
  const storedMetadata = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
  if (storedMetadata.length > metadataEntriesMax) return Object.assign(new OrderMetadataLimitReached(), { message: `An order carries at most ${metadataEntriesMax} facts.`, limit: metadataEntriesMax });
  return Order.of(await tx.db.save(Object.assign(row, { storedMetadata, version: row.version + 1 })));
}
