import { z } from 'zod';

/** From when on and until when, as an input names it. */
export const windowRules = {
  from: z.date().nullish().transform((at) => at ?? null),
  until: z.date().nullish().transform((at) => at ?? null),
} as const;

/** Whether there is any time between beginning and end. */
export function windowIsOpen({ from, until }: { readonly from: Date | null; readonly until: Date | null }): boolean {
  return !from || !until || from < until;
}
