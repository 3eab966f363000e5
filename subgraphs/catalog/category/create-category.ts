import { categoryChanged } from '@haat/schema/events/catalog';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { badInput, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { SlugTaken } from '@haat/kit/shared-types';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { checkInTime, claimKeys } from '../claim/claim-keys.js';
import type { CatalogTx } from '../context.js';
import { categoriesMax, categoryDepthMax } from '../limits.js';
import { NameTranslationInput, namesOf, nameText, nameTranslations } from '../names.js';
import { slugOf, slugText } from '../slug.js';
import { TooMany } from '../too-many.js';
import { defaultLocaleOf } from '../words.js';
import { categoryStateOf } from './category-state.js';
import { categories, type CategoryRow } from './category.row.js';
import { Category } from './category.type.js';

/** A new category. */
@InputType({ description: 'A new place in the tree in which shoppers look.' })
export class CreateCategoryInput {
  @Field(() => String, { description: 'What people call the category, 1 to 120 characters.' }) name: string;
  @Field(() => String, { nullable: true, description: 'Its part of an address, at most 120 characters; made of the name when left out.' }) slug?: string | null;
  @Field(() => [NameTranslationInput], { nullable: true, description: 'The name in further languages, at most 20.' }) translations?: NameTranslationInput[] | null;
  @Field(() => ID, { nullable: true, description: 'The category above it, final; none puts it at the top.' }) parentId?: string | null;
  @Field(() => Int, { defaultValue: 0, description: 'Where it stands among its siblings, lowest first.' }) position: number;
}

/** The category, or why there is none. */
export const CreateCategoryResult = resultOf('CreateCategoryResult', 'The new category, or why there is none.', [Category, SlugTaken, TooMany]);

/** Where a category stands among its siblings. */
export const positionNumber = z.int().min(-1_000_000).max(1_000_000);
const rules = z.object({ name: nameText, slug: slugText.nullish(), translations: nameTranslations, parentId: idText.nullish(), position: positionNumber });

/** Puts a category under its parent, or at the top. */
export async function createCategory(tx: CatalogTx, input: CreateCategoryInput): Promise<Category | SlugTaken | TooMany> {
  const wish = parsed(rules, input);
  const slug = wish.slug ?? parsed(slugText, slugOf(wish.name), ['input', 'slug']);
  const names = namesOf(tx, wish.name, wish.translations);
  const ancestorIds = await wayDown(tx, wish.parentId ?? undefined);
  if ((await tx.db.collection(categories).count({}, categoriesMax)) >= categoriesMax) return TooMany.of('categories', categoriesMax);
  const category = { _id: newId('cat', tx.clock.now()), slug, names, defaultLocale: defaultLocaleOf(tx.tenant), parentId: wish.parentId ?? undefined, ancestorIds, position: wish.position };
  if (await claimKeys(tx, category._id, [{ kind: 'category', key: slug }])) return SlugTaken.of(slug);
  checkInTime(tx);
  return Category.of(await insertCategory(tx, category), tx.locale);
}

/** Writes a category whose slug is claimed. */
export async function insertCategory(tx: CatalogTx, category: Omit<CategoryRow, 'tenantId' | 'version' | 'createdAt' | 'updatedAt'>): Promise<CategoryRow> {
  const saying = (): Promise<void> => tx.emit(categoryChanged, { aggregate: { id: category._id, version: 1 }, payload: categoryStateOf(category) });
  const inserted = await tx.db.collection(categories).insert(category, { saying });
  if (!('document' in inserted)) throw new Error(`The category ${category._id} exists already.`);
  return inserted.document;
}

async function wayDown(tx: CatalogTx, parentId: string | undefined): Promise<string[]> {
  if (parentId === undefined) return [];
  const parent = await tx.db.collection(categories).findById(parentId);
  if (!parent) throw notFound('category');
  const way = [...parent.ancestorIds, parent._id];
  if (way.length >= categoryDepthMax) throw badInput([{ path: ['input', 'parentId'], message: `expected a category of at most ${categoryDepthMax - 1} levels, came one of ${way.length}` }]);
  return way;
}
