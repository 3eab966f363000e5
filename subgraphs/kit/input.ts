import type { z } from 'zod';
import { badInput } from './refusal.js';

/** Takes an input apart by its rules, or refuses with `BAD_USER_INPUT` that names every problem with its path. */
export function parsed<T>(rules: z.ZodType<T>, input: unknown, at: readonly (string | number)[] = ['input']): T {
  const result = rules.safeParse(input);
  if (result.success) return result.data;
  throw badInput(result.error.issues.map((issue) => ({
    path: [...at, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))],
    message: issue.message,
  })));
}
