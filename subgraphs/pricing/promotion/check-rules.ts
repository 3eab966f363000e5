import { parsed } from '@haat/kit/input';
import { z } from 'zod';
import { listMax } from '../engine/limits.js';
import type { Promotion } from './promotion.js';

/** Lists and texts within bounds, wherever they stand in a rule. */
const bounded: z.ZodType<unknown> = z.lazy(() => z.union([z.string().max(120), z.number(), z.boolean(), z.null(), z.array(bounded).max(listMax), z.record(z.string(), bounded)]));

/** Refuses, with everything that is wrong, conditions and effects that the engine would not take. */
export function checkRules({ conditions, effects }: Promotion): void {
  parsed(z.object({ conditions: bounded, effects: bounded }), { conditions, effects });
}
