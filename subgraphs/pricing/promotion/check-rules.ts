import { parsed } from '@haat/kit/input';
import { badInput } from '@haat/kit/refusal';
import { z } from 'zod';
import { promotionProblems } from '../engine/problems/promotion-problems.js';
import type { Promotion } from './promotion.js';

/** The longest text in a rule: ids, keys and names are shorter. */
const textMax = 120;
/** More than any list in a rule may hold; the engine names the list and its own limit. */
const entriesMax = 1_000;

/** Texts and lists of bounded length, wherever they stand in a rule. */
const bounded: z.ZodType<unknown> = z.lazy(() => z.union([z.string().max(textMax), z.number(), z.boolean(), z.null(), z.array(bounded).max(entriesMax), z.record(z.string(), bounded)]));

/** Refuses, with everything that is wrong, a promotion that the engine would not take. */
export function checkRules(promotion: Promotion): void {
  parsed(z.object({ conditions: bounded, effects: bounded }), { conditions: promotion.conditions, effects: promotion.effects });
  const { id, startsAt, endsAt } = promotion;
  const problems = promotionProblems({ ...promotion, promotionId: id, from: startsAt, until: endsAt });
  if (problems.length > 0) throw badInput(problems.map(({ path, message }) => ({ path: ['input', ...path], message })));
}
