import { z } from 'zod';

/** Characters of a slug. */
export const slugCharactersMax = 120;

/** Letters and digits of any script between single hyphens; no space, no control and no invisible character. */
const slugShape = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:-[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*$/u;

/** A slug in an input, in the one spelling (NFKC, lower case) in which it is compared. */
export const slugText: z.ZodType<string> = z.string().max(slugCharactersMax * 3).transform(comparable).pipe(
  z.string().max(slugCharactersMax, `expected at most ${slugCharactersMax} characters`).regex(slugShape, 'expected letters and digits between single hyphens, such as clay-mug'),
);

/** The slug that a title makes; empty where the title has neither letter nor digit. */
export function slugOf(title: string): string {
  const words = comparable(title).replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim().split(' ').map((word) => word.replace(/^\p{M}+/u, ''));
  return cut(words.filter(Boolean).join('-'));
}

function comparable(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim().normalize('NFC');
}

function cut(slug: string): string {
  return slug.length <= slugCharactersMax ? slug : slug.slice(0, slug.lastIndexOf('-', slugCharactersMax));
}
