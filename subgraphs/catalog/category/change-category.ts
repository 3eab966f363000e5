import { categoryChanged } from '@haat/schema/events/catalog';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { SlugTaken } from '@haat/kit/shared-types';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { checkInTime, claimKeys } from '../claim/claim-keys.js';
import type { CatalogTx } from '../context.js';
import { NameTranslationInput, checkLocales, nameText, nameTranslations } from '../names.js';
import { slugText } from '../slug.js';
import { categoryStateOf } from './category-state.js';
import { categories, type CategoryRow } from './category.row.js';
import { Category } from './category.type.js';
import { positionNumber } from './create-category.js';

/** What changes of a category. */
@InputType({ description: 'What changes of a category; what is left out stays.' })
export class ChangeCategoryInput {
  @Field(() => ID, { description: 'The category to be changed; begins with cat_.' }) categoryId: string;
  @Field(() => String, { nullable: true, description: 'The name in the default language, 1 to 120 characters.' }) name?: string | null;
  @Field(() => String, { nullable: true, description: 'Its part of an address; the one before keeps leading here.' }) slug?: string | null;
  @Field(() => [NameTranslationInput], { nullable: true, description: 'Names in further languages that replace those of the same language.' }) translations?: NameTranslationInput[] | null;
  @Field(() => Int, { nullable: true, description: 'Where it stands among its siblings, lowest first.' }) position?: number | null;
}

/** The category, or why it stays as it was. */
export const ChangeCategoryResult = resultOf('ChangeCategoryResult', 'The category as it is now, or why it was left.', [Category, SlugTaken]);

const rules = z.object({ categoryId: idText, name: nameText.nullish(), slug: slugText.nullish(), translations: nameTranslations, position: positionNumber.nullish() });

/** Changes a category where it stands. It keeps its parent: the ways down to everything below it are kept there. */
export async function changeCategory(tx: CatalogTx, input: ChangeCategoryInput): Promise<Category | SlugTaken> {
  const wish = parsed(rules, input);
  checkLocales(tx, wish.translations.map(({ locale }) => locale), ['input', 'translations']);
  if (!(await tx.db.collection(categories).findById(wish.categoryId))) throw notFound('category');
  if (wish.slug && (await claimKeys(tx, wish.categoryId, [{ kind: 'category', key: wish.slug }]))) return SlugTaken.of(wish.slug);
  checkInTime(tx);
  const written = await tx.db.collection(categories).change(wish.categoryId, async (current) => {
    const next = changed(current, wish);
    await tx.emit(categoryChanged, { aggregate: { id: current._id, version: current.version + 1 }, payload: categoryStateOf(next) });
    return next;
  });
  if (!('document' in written)) throw notFound('category');
  return Category.of(written.document, tx.locale);
}

function changed(current: CategoryRow, wish: z.infer<typeof rules>): CategoryRow {
  const names = { ...current.names, ...(wish.name && { [current.defaultLocale]: wish.name }), ...Object.fromEntries(wish.translations.map(({ locale, name }) => [locale, name])) };
  return { ...current, names, slug: wish.slug ?? current.slug, position: wish.position ?? current.position };
}
