import { collectionChanged } from '@haat/schema/events/catalog';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { resultOf } from '@haat/kit/result';
import { SlugTaken } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { checkInTime, claimKeys } from '../claim/claim-keys.js';
import type { CatalogTx } from '../context.js';
import { NameTranslationInput, namesOf, nameText, nameTranslations } from '../names.js';
import { slugOf, slugText } from '../slug.js';
import { defaultLocaleOf } from '../words.js';
import { CollectionRuleInput, checkMembers, collectionRule, productIdList } from './collection-rules.js';
import { collectionStateOf } from './collection-state.js';
import { productCollections, type CollectionRow } from './collection.row.js';
import { Collection } from './collection.type.js';

/** A new collection. */
@InputType({ description: 'Products to be shown together, named one by one or found by a rule.' })
export class CreateCollectionInput {
  @Field(() => String, { description: 'What people call the collection, 1 to 120 characters.' }) name: string;
  @Field(() => String, { nullable: true, description: 'Its part of an address, at most 120 characters; made of the name when left out.' }) slug?: string | null;
  @Field(() => [NameTranslationInput], { nullable: true, description: 'The name in further languages, at most 20.' }) translations?: NameTranslationInput[] | null;
  @Field(() => [ID], { nullable: true, description: 'Its products in their order, at most 250; not together with a rule.' }) productIds?: string[] | null;
  @Field(() => CollectionRuleInput, { nullable: true, description: 'By what products belong to it; not together with products.' }) rule?: CollectionRuleInput | null;
}

/** The collection, or why there is none. */
export const CreateCollectionResult = resultOf('CreateCollectionResult', 'The new collection, or why there is none.', [Collection, SlugTaken]);

const rules = z.object({
  name: nameText, slug: slugText.nullish(), translations: nameTranslations,
  productIds: productIdList.nullish().transform((ids) => ids ?? []), rule: collectionRule.nullish(),
}).refine(({ productIds, rule }) => !rule || productIds.length === 0, 'expected products or a rule, came both');

/** Makes a collection. */
export async function createCollection(tx: CatalogTx, input: CreateCollectionInput): Promise<Collection | SlugTaken> {
  const { productIds, rule, ...wish } = parsed(rules, input);
  const slug = wish.slug ?? parsed(slugText, slugOf(wish.name), ['input', 'slug']);
  const names = namesOf(tx, wish.name, wish.translations);
  await checkMembers(tx, { productIds, categoryIds: rule?.categoryIds ?? [] });
  const kept = rule ? { rule: { tags: rule.tags, categoryIds: rule.categoryIds, typeKeys: rule.productTypes } } : {};
  const collection = { _id: newId('col', tx.clock.now()), slug, names, defaultLocale: defaultLocaleOf(tx.tenant), productIds, ...kept };
  if (await claimKeys(tx, collection._id, [{ kind: 'collection', key: slug }])) return SlugTaken.of(slug);
  checkInTime(tx);
  return Collection.of(await insertCollection(tx, collection), tx.locale);
}

/** Writes a collection whose slug is claimed. */
export async function insertCollection(tx: CatalogTx, collection: Omit<CollectionRow, 'tenantId' | 'version' | 'createdAt' | 'updatedAt'>): Promise<CollectionRow> {
  const saying = (): Promise<void> => tx.emit(collectionChanged, { aggregate: { id: collection._id, version: 1 }, payload: collectionStateOf(collection) });
  const inserted = await tx.db.collection(productCollections).insert(collection, { saying });
  if (!('document' in inserted)) throw new Error(`The collection ${collection._id} exists already.`);
  return inserted.document;
}
