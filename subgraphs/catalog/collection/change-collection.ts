import { collectionChanged } from '@haat/schema/events/catalog';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { SlugTaken } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { checkInTime, claimKeys } from '../claim/claim-keys.js';
import type { CatalogTx } from '../context.js';
import { checkLocales, NameTranslationInput, nameText, nameTranslations } from '../names.js';
import { slugText } from '../slug.js';
import { CollectionRuleInput, checkMembers, collectionRule, productIdList } from './collection-rules.js';
import { collectionStateOf } from './collection-state.js';
import { productCollections, type CollectionRow } from './collection.row.js';
import { Collection } from './collection.type.js';

/** What changes of a collection. */
@InputType({ description: 'What changes of a collection; what is left out stays.' })
export class ChangeCollectionInput {
  @Field(() => ID, { description: 'The collection to be changed; begins with col_.' }) collectionId: string;
  @Field(() => String, { nullable: true, description: 'The name in the default language, 1 to 120 characters.' }) name?: string | null;
  @Field(() => String, { nullable: true, description: 'Its part of an address; the one before keeps leading here.' }) slug?: string | null;
  @Field(() => [NameTranslationInput], { nullable: true, description: 'Names in further languages that replace those of the same language.' }) translations?: NameTranslationInput[] | null;
  @Field(() => [ID], { nullable: true, description: 'All its products from now on, in their order, at most 250; in place of a rule.' }) productIds?: string[] | null;
  @Field(() => CollectionRuleInput, { nullable: true, description: 'By what products belong to it from now on; in place of named ones.' }) rule?: CollectionRuleInput | null;
}

/** The collection, or why it stays as it was. */
export const ChangeCollectionResult = resultOf('ChangeCollectionResult', 'The collection as it is now, or why it was left.', [Collection, SlugTaken]);

const rules = z.object({ collectionId: idText, name: nameText.nullish(), slug: slugText.nullish(), translations: nameTranslations, productIds: productIdList.nullish(), rule: collectionRule.nullish() })
  .refine(({ productIds, rule }) => !rule || !productIds?.length, 'expected products or a rule, came both');

/** Changes a collection: its words, and which products are in it. */
export async function changeCollection(tx: CatalogTx, input: ChangeCollectionInput): Promise<Collection | SlugTaken> {
  const wish = parsed(rules, input);
  checkLocales(tx, wish.translations.map(({ locale }) => locale), ['input', 'translations']);
  if (!(await tx.db.collection(productCollections).findById(wish.collectionId))) throw notFound('collection');
  await checkMembers(tx, { productIds: wish.productIds ?? [], categoryIds: wish.rule?.categoryIds ?? [] });
  if (wish.slug && (await claimKeys(tx, wish.collectionId, [{ kind: 'collection', key: wish.slug }]))) return SlugTaken.of(wish.slug);
  checkInTime(tx);
  const written = await tx.db.collection(productCollections).change(wish.collectionId, async (current) => {
    const next = changed(current, wish);
    await tx.emit(collectionChanged, { aggregate: { id: current._id, version: current.version + 1 }, payload: collectionStateOf(next) });
    return next;
  });
  if (!('document' in written)) throw notFound('collection');
  return Collection.of(written.document, tx.locale);
}

function changed(current: CollectionRow, { name, slug, translations, productIds, rule }: z.infer<typeof rules>): CollectionRow {
  const names = { ...current.names, ...(name && { [current.defaultLocale]: name }), ...Object.fromEntries(translations.map((one) => [one.locale, one.name])) };
  const members = rule ? { productIds: [], rule: { tags: rule.tags, categoryIds: rule.categoryIds, typeKeys: rule.productTypes } } : productIds ? { productIds, rule: undefined } : {};
  return { ...current, names, slug: slug ?? current.slug, ...members };
}
