import { parsed } from '@haat/kit/input';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { MetadataEntryInput } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
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

/** The person. */
export const SetUserMetadataResult = resultOf('SetUserMetadataResult', 'The person with the new facts.', [User]);

const rules = z.object({
  userId: z.string().max(64),
  entries: z.array(z.object({ key: z.string().min(1).max(100), value: z.string().max(5_000), isPrivate: z.boolean().nullish().transform((p) => p ?? false) })).max(metadataEntriesMax),
});

/** Replaces the facts of a person. */
export async function setUserMetadata(tx: IdentityTx, input: SetUserMetadataInput): Promise<User> {
  const { userId, entries } = parsed(rules, input);
  const user = await lockedUser(tx, { id: userId });
  if (!user || user.status === 'ERASED') throw notFound('user');
  user.storedMetadata = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
  return tx.db.save(user);
}
