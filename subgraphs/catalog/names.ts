import { lineOf, listOf } from '@haat/kit/limits';
import { badInput } from '@haat/kit/refusal';
import { Locale } from '@haat/kit/scalars';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import type { CatalogTx } from './context.js';
import { nameCharactersMax, translationsMax } from './limits.js';
import { defaultLocaleOf, unspoken } from './words.js';

/** A name in a further language. */
@InputType({ description: 'A name in a further language of the marketplace.' })
export class NameTranslationInput {
  @Field(() => Locale, { description: 'A language of the marketplace, not its default one.' })
  locale: string;

  @Field(() => String, { description: 'The name in that language, 1 to 120 characters.' })
  name: string;
}

/** A name in an input. */
export const nameText = lineOf(nameCharactersMax);
/** Its translations in an input. */
export const nameTranslations = listOf(z.object({ locale: z.string(), name: nameText }), translationsMax).nullish().transform((list) => list ?? []);

/** A name by language, the default one first. Refuses languages that the marketplace does not speak. */
export function namesOf(tx: CatalogTx, name: string, translations: readonly { readonly locale: string; readonly name: string }[], path: readonly (string | number)[] = ['input', 'translations']): Record<string, string> {
  checkLocales(tx, translations.map(({ locale }) => locale), path);
  return { [defaultLocaleOf(tx.tenant)]: name, ...Object.fromEntries(translations.map((translation) => [translation.locale, translation.name])) };
}

/** Refuses languages that the marketplace does not speak, and its default one, which has its own fields. */
export function checkLocales(tx: CatalogTx, locales: readonly string[], path: readonly (string | number)[]): void {
  const [unknown] = unspoken(tx.tenant, locales);
  const first = defaultLocaleOf(tx.tenant);
  if (unknown !== undefined) throw badInput([{ path, message: `expected a language of ${tx.tenant.locales.join(', ')}, came ${unknown}` }]);
  if (locales.includes(first)) throw badInput([{ path, message: `expected another language than the default one, came ${first}` }]);
}
