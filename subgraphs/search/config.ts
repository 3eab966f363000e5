import { z } from 'zod';

/** What search reads from the environment. */
export const searchConfig = z.object({
  /** How long an index that was replaced is still there for queries that began on it, in milliseconds. */
  SEARCH_RETIRED_KEPT_MS: z.coerce.number().int().min(0).max(3_600_000).default(60_000),
});

/** The settings of search. */
export type SearchConfig = z.infer<typeof searchConfig>;
