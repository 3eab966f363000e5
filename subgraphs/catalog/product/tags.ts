import { lineOf, listOf } from '@haat/kit/limits';
import type { z } from 'zod';
import { tagCharactersMax, tagsMax } from '../limits.js';

/** A tag in an input, in the one spelling in which tags are compared: lower case, single spaces. */
export const tagText: z.ZodType<string> = lineOf(tagCharactersMax).transform((tag) => tag.toLowerCase().replace(/\s+/g, ' '));

/** The tags of a product in an input, each once. */
export const tagList = listOf(tagText, tagsMax).transform((tags) => [...new Set(tags)]);
