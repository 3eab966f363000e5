import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { MetadataEntryInput, metadataEntryRules } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { CartsTx } from '../context.js';
import { Cart } from './cart.js';
import { CartNotOpen } from './cart-problems.js';
import { CartRow } from './cart.row.js';
import { keepsFacts, owns } from './owned-cart.js';

/** How many facts a cart carries at most. */
const metadataEntriesMax = 50;

/** What integrations keep of a cart. */
@InputType({ description: 'The facts that integrations keep of a cart, in place of those kept.' })
export class SetCartMetadataInput {
  @Field(() => ID, { description: 'The cart the facts are about.' }) cartId: string;
  @Field(() => [MetadataEntryInput], { description: 'All facts from now on, at most 50, keys at most 100 characters.' }) entries: MetadataEntryInput[];
}

/** The cart with its facts. */
export const SetCartMetadataResult = resultOf('SetCartMetadataResult', 'The cart with the new facts, or why it cannot be changed.', [Cart, CartNotOpen]);

const rules = z.object({
  cartId: idText,
  entries: z.array(metadataEntryRules).max(metadataEntriesMax),
});

/** Replaces the facts of a cart: its owner's public ones, an integration's all. Facts do not make it younger. */
export async function setCartMetadata(tx: CartsTx, input: SetCartMetadataInput): Promise<Cart | CartNotOpen> {
  const { cartId, entries } = parsed(rules, input);
  const row = await tx.db.findOne(CartRow, { where: { tenantId: tx.tenant.id, id: cartId }, lock: { mode: 'pessimistic_write' } });
  const isIntegration = keepsFacts(tx.viewer);
  if (!row || !(isIntegration || owns(tx.viewer, row))) throw notFound('cart');
  if (row.state !== 'OPEN' && !isIntegration) return CartNotOpen.of(row);
  const own = entries.filter(({ isPrivate }) => isIntegration || !isPrivate);
  const others = isIntegration ? [] : row.storedMetadata.filter(({ isPrivate }) => isPrivate);
  const byKey = new Map([...own, ...others].map((entry) => [entry.key, entry]));
  const saved = await tx.db.save(Object.assign(row, { storedMetadata: [...byKey.values()], version: row.version + 1 }));
  return Cart.of(owns(tx.viewer, row) ? saved : withoutBuyer(saved));
}

/** What those see of a cart who keep facts of it: nothing that names its buyer. */
function withoutBuyer(row: CartRow): CartRow {
  return { ...row, contact: null, shippingAddress: null, billingAddress: null, note: null };
}
