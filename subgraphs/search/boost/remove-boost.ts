import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { SearchTx } from '../context.js';
import { Boost } from './boost.js';

/** Which boost goes. */
@InputType({ description: 'Which boost is taken away.' })
export class RemoveBoostInput {
  @Field(() => ID, { description: 'The boost to be removed; begins with bst_.' }) boostId: string;
}

/** It is gone. */
@ObjectType({ description: 'The boost is gone, and applies no more.' })
export class RemoveBoostSucceeded {
  @Field(() => ID, { description: 'The boost that was removed.' }) boostId: string;
}

/** It is gone. */
export const RemoveBoostResult = resultOf('RemoveBoostResult', 'What came of removing a boost.', [RemoveBoostSucceeded]);

/** Takes a boost away; searches follow at once. */
export async function removeBoost(tx: SearchTx, input: RemoveBoostInput): Promise<RemoveBoostSucceeded> {
  const { boostId } = parsed(z.object({ boostId: idText }), input);
  const { affected } = await tx.db.delete(Boost, { tenantId: tx.tenant.id, id: boostId });
  if (!affected) throw notFound('boost');
  return Object.assign(new RemoveBoostSucceeded(), { boostId });
}
