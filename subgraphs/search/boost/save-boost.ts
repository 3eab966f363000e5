import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { SearchTx } from '../context.js';
import { wholeOf } from '../document/words.js';
import { boostFactorMax, boostFactorMin, boostsMax, pinPositionMax, queryCharactersMax } from '../limits.js';
import { takeTurn } from '../take-turn.js';
import { Boost, BoostAction, BoostTarget, targetOf } from './boost.js';

/** What a boost says. */
@InputType({ description: 'What a boost says; one that exists already is replaced by it.' })
export class SaveBoostInput {
  @Field(() => ID, { nullable: true, description: 'The boost to be replaced; a new one is made when left out.' }) boostId?: string | null;
  @Field(() => String, { nullable: true, description: 'The query it applies to, at most 200 characters; every query when left out.' }) query?: string | null;
  @Field(() => ID, { nullable: true, description: 'The category on whose page it applies; everywhere when left out.' }) categoryId?: string | null;
  @Field(() => BoostAction, { description: 'What it does with what it aims at.' }) action: BoostAction;
  @Field(() => BoostTarget, { description: 'What kind of thing it aims at.' }) targetKind: BoostTarget;
  @Field(() => String, { description: 'The id or the tag it aims at.' }) targetValue: string;
  @Field(() => Float, { nullable: true, description: 'For BOOST: by how much it multiplies the score, 0.01 to 100; 2 when left out.' }) factor?: number | null;
  @Field(() => Int, { nullable: true, description: 'For PIN: where it stands, 1 to 100; 1 when left out.' }) position?: number | null;
}

/** The marketplace has as many as it may. */
@ObjectType({ implements: Problem, description: 'The marketplace has as many boosts as it may have; remove one first.' })
export class TooManyBoosts extends Problem {
  @Field(() => Int, { description: 'How many boosts a marketplace may have.' }) max: number;
}

/** The boost, or why it was not saved. */
export const SaveBoostResult = resultOf('SaveBoostResult', 'The boost as it applies now, or why it was not saved.', [Boost, TooManyBoosts]);

const factorDefault = 2;

const rules = z.object({
  boostId: idText.nullish(),
  query: z.string().max(queryCharactersMax).nullish().transform((text) => wholeOf(text ?? '') || null),
  categoryId: idText.nullish(),
  action: z.enum(BoostAction),
  targetKind: z.enum(BoostTarget),
  targetValue: idText,
  factor: z.number().min(boostFactorMin).max(boostFactorMax).nullish(),
  position: z.int().min(1).max(pinPositionMax).nullish(),
});

/** Makes a boost or replaces one; searches follow at once. */
export async function saveBoost(tx: SearchTx, input: SaveBoostInput): Promise<Boost | TooManyBoosts> {
  const { boostId, query, categoryId, action, targetKind, targetValue, factor, position } = parsed(rules, input);
  const said = {
    query, categoryId: categoryId ?? null, action, target: targetOf(targetKind, targetValue),
    factor: action === BoostAction.BOOST ? (factor ?? factorDefault) : 1, position: action === BoostAction.PIN ? (position ?? 1) : null,
  };
  if (boostId) {
    const known = await tx.db.findOneBy(Boost, { id: boostId });
    if (!known) throw notFound('boost');
    return tx.db.save(Object.assign(known, said, { version: known.version + 1 }));
  }
  await takeTurn(tx.db, tx.tenant.id, 'boosts');
  if ((await tx.db.count(Boost)) >= boostsMax) return Object.assign(new TooManyBoosts(), { max: boostsMax, message: `A marketplace has at most ${boostsMax} boosts. Remove one first.` });
  return tx.db.save(tx.db.create(Boost, { ...said, tenantId: tx.tenant.id, id: newId('bst', tx.clock.now()), version: 1 }));
}
