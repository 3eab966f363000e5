import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { SearchTx } from '../context.js';
import { SynonymGroup } from './synonym-group.js';

/** Which group goes. */
@InputType({ description: 'Which group of synonyms is taken away.' })
export class RemoveSynonymsInput {
  @Field(() => ID, { description: 'The group to be removed; begins with syn_.' }) synonymGroupId: string;
}

/** It is gone. */
@ObjectType({ description: 'The group is gone; its words stand for themselves again.' })
export class RemoveSynonymsSucceeded {
  @Field(() => ID, { description: 'The group that was removed.' }) synonymGroupId: string;
}

/** There is none. */
@ObjectType({ implements: Problem, description: 'No such group of synonyms is kept: it was removed already, or never was.' })
export class SynonymsNotKept extends Problem {}

/** It is gone, or was not there. */
export const RemoveSynonymsResult = resultOf('RemoveSynonymsResult', 'What came of removing a group of synonyms.', [RemoveSynonymsSucceeded, SynonymsNotKept]);

/** Takes a group away; searches follow at once. */
export async function removeSynonyms(tx: SearchTx, input: RemoveSynonymsInput): Promise<RemoveSynonymsSucceeded | SynonymsNotKept> {
  const { synonymGroupId } = parsed(z.object({ synonymGroupId: idText }), input);
  const { affected } = await tx.db.delete(SynonymGroup, { tenantId: tx.tenant.id, id: synonymGroupId });
  if (!affected) return Object.assign(new SynonymsNotKept(), { message: 'No such group of synonyms is kept here.' });
  return Object.assign(new RemoveSynonymsSucceeded(), { synonymGroupId });
}
