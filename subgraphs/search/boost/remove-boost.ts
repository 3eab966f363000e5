import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
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

/** There is none. */
@ObjectType({ implements: Problem, description: 'No such boost is kept: it was removed already, or never was.' })
export class BoostNotKept extends Problem {}

/** It is gone, or was not there. */
export const RemoveBoostResult = resultOf('RemoveBoostResult', 'What came of removing a boost.', [RemoveBoostSucceeded, BoostNotKept]);

/** Takes a boost away; searches follow at once. */
export async function removeBoost(tx: SearchTx, input: RemoveBoostInput): Promise<RemoveBoostSucceeded | BoostNotKept> {
  const { boostId } = parsed(z.object({ boostId: idText }), input);
  const { affected } = await tx.db.delete(Boost, { tenantId: tx.tenant.id, id: boostId });
  if (!affected) return Object.assign(new BoostNotKept(), { message: 'No such boost is kept here.' });
  return Object.assign(new RemoveBoostSucceeded(), { boostId });
}
