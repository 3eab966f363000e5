import type { Viewer } from '@haat/kit/identity';
import { inputListMax, listOf, lineOf, textOf } from '@haat/kit/limits';
import type { MetadataEntry } from '@haat/kit/shared-types';
import { z } from 'zod';
import { seesPrivateFacts } from './access/may.js';
import { TooMany } from './too-many.js';

/** How many facts of integrations one object carries at most. */
export const metadataEntriesMax = 50;

/** A fact as it is kept. */
export const metadataRow = z.object({ key: z.string(), value: z.string(), isPrivate: z.boolean() });
/** A fact as it is kept. */
export type MetadataRow = z.infer<typeof metadataRow>;

/** Facts in an input; of two with one key the later wins. */
export const metadataRules = listOf(z.object({ key: lineOf(100), value: textOf(5_000), isPrivate: z.boolean().nullish().transform((p) => p ?? false) }), inputListMax)
  .transform((entries) => [...new Map(entries.map((entry) => [entry.key, entry])).values()]);

/** Says so where one object would carry more facts than it may. */
export function tooManyFacts(entries: readonly MetadataRow[], whose: string): TooMany | undefined {
  return entries.length > metadataEntriesMax ? TooMany.of('facts', metadataEntriesMax, whose) : undefined;
}

/** The facts that a viewer may read of what belongs to a vendor, or to the operators. */
export function visibleFacts(entries: readonly MetadataRow[], viewer: Viewer, vendorId: string | undefined): MetadataEntry[] {
  return entries.filter(({ isPrivate }) => !isPrivate || seesPrivateFacts(viewer, vendorId)).map(({ key, value }) => ({ key, value }));
}
