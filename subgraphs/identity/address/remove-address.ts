import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { IdentityTx } from '../context.js';
import { SavedAddressRow } from './saved-address.js';

/** Which address goes. */
@InputType({ description: 'Which saved address is to go.' })
export class RemoveAddressInput {
  @Field(() => ID, { description: 'One of the viewer\'s own saved addresses.' })
  id: string;
}

/** Gone. */
@ObjectType({ description: 'The saved address is gone; orders made with it keep theirs.' })
export class RemoveAddressSucceeded {
  @Field(() => ID, { description: 'The saved address that is gone.' })
  id: string;
}

/** There is nothing to remove. */
@ObjectType({ implements: Problem, description: 'The person keeps no such address: it was removed before, or is not theirs.' })
export class AddressNotKept extends Problem {}

/** Gone, or never there. */
export const RemoveAddressResult = resultOf('RemoveAddressResult', 'The saved address that is gone, or that there was none.', [RemoveAddressSucceeded, AddressNotKept]);

/** Removes one of the viewer's own addresses. Anybody else's does not exist for them. */
export async function removeAddress(tx: IdentityTx, input: RemoveAddressInput): Promise<RemoveAddressSucceeded | AddressNotKept> {
  const removed = await tx.db.delete(SavedAddressRow, { tenantId: tx.tenant.id, id: input.id, userId: tx.viewer.userId });
  if (removed.affected !== 1) return Object.assign(new AddressNotKept(), { message: 'There is no such address among yours.' });
  return Object.assign(new RemoveAddressSucceeded(), { id: input.id });
}
