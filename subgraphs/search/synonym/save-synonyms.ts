import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, listOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Locale } from '@haat/kit/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { SearchTx } from '../context.js';
import { wholeOf } from '../document/words.js';
import { queryCharactersMax, synonymGroupsMax, synonymPhraseWordsMax, synonymsMax } from '../limits.js';
import { takeTurn } from '../take-turn.js';
import { SynonymGroup } from './synonym-group.js';

/** Which words stand for each other. */
@InputType({ description: 'Which words stand for each other; a group that exists already is replaced.' })
export class SaveSynonymsInput {
  @Field(() => ID, { nullable: true, description: 'The group to be replaced; a new one is made when left out.' }) synonymGroupId?: string | null;
  @Field(() => Locale, { description: 'The language of the words, one of the marketplace.' }) locale: string;
  @Field(() => [String], { description: 'From 2 to 20 words, or phrases of at most 4 words.' }) words: string[];
}

/** The marketplace has as many as it may. */
@ObjectType({ implements: Problem, description: 'The marketplace has as many groups of synonyms as it may have; remove one first.' })
export class TooManySynonyms extends Problem {
  @Field(() => Int, { description: 'How many groups a marketplace may have.' }) max: number;
}

/** The group, or why it was not saved. */
export const SaveSynonymsResult = resultOf('SaveSynonymsResult', 'The group of synonyms as it applies now, or why it was not saved.', [SynonymGroup, TooManySynonyms]);

const phrase = z.string().max(queryCharactersMax).transform(wholeOf).refine((text) => text !== '' && text.split(' ').length <= synonymPhraseWordsMax, `expected 1 to ${synonymPhraseWordsMax} words`);

const rules = z.object({
  synonymGroupId: idText.nullish(),
  locale: z.string(),
  words: listOf(phrase, synonymsMax).transform((all) => [...new Set(all)]).refine((all) => all.length > 1, 'expected at least two different words'),
});

/** Makes a group or replaces one; searches follow at once. */
export async function saveSynonyms(tx: SearchTx, input: SaveSynonymsInput): Promise<SynonymGroup | TooManySynonyms> {
  const { synonymGroupId, locale, words } = parsed(rules, input);
  if (synonymGroupId) {
    const known = await tx.db.findOneBy(SynonymGroup, { id: synonymGroupId });
    if (!known) throw notFound('group of synonyms');
    return tx.db.save(Object.assign(known, { locale, words, version: known.version + 1 }));
  }
  await takeTurn(tx.db, tx.tenant.id, 'synonyms');
  if ((await tx.db.count(SynonymGroup)) >= synonymGroupsMax) {
    return Object.assign(new TooManySynonyms(), { max: synonymGroupsMax, message: `A marketplace has at most ${synonymGroupsMax} groups of synonyms. Remove one first.` });
  }
  return tx.db.save(tx.db.create(SynonymGroup, { locale, words, tenantId: tx.tenant.id, id: newId('syn', tx.clock.now()), version: 1 }));
}
