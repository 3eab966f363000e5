import { parsed } from '@haat/kit/input';
import { inputListMax } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { MetadataEntryInput, metadataEntryRules } from '@haat/kit/shared-types';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { IdentityTx } from '../context.js';
import { lockedUser } from './locked-user.js';
import { User } from './user.js';

/** How many facts one person carries at most. */
const metadataEntriesMax = 50;

/** What integrations keep of a person. */
@InputType({ description: 'The facts that integrations keep of a person, in place of those kept.' })
export class SetUserMetadataInput {
  @Field(() => ID, { description: 'The person the facts are about.' })
  userId: string;

  @Field(() => [MetadataEntryInput], { description: 'All facts from now on, at most 50, keys at most 100 characters.' })
  entries: MetadataEntryInput[];
}

/** No room for so many. */
@ObjectType({ implements: Problem, description: 'One person carries no more facts than this; nothing was changed.' })
export class MetadataLimitReached extends Problem {
  @Field(() => Int, { description: 'How many facts one person carries at most.' })
  limit: number;
}

/** The person, or that there were too many. */
export const SetUserMetadataResult = resultOf('SetUserMetadataResult', 'The person with the new facts, or that there were too many.', [User, MetadataLimitReached]);

const rules = z.object({
  userId: z.string().max(64),
  entries: z.array(metadataEntryRules).max(inputListMax),
});

/** Replaces the facts of a person. */
export async function setUserMetadata(tx: IdentityTx, input: SetUserMetadataInput): Promise<User | MetadataLimitReached> {
  const { userId, entries } = parsed(rules, input);
  const user = await lockedUser(tx, { id: userId });
  if (!user || user.status === 'ERASED') throw notFound('user');
  const facts = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
  if (facts.length > metadataEntriesMax) return Object.assign(new MetadataLimitReached(), { message: `A person carries at most ${metadataEntriesMax} facts.`, limit: metadataEntriesMax });
  user.storedMetadata = facts;
  return tx.db.save(user);
}
