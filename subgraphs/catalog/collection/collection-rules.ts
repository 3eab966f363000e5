import { idText, listOf } from '@haat/kit/limits';
import { badInput, type InputProblem } from '@haat/kit/refusal';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { categories } from '../category/category.row.js';
import type { CatalogTx } from '../context.js';
import { collectionProductsMax, productCategoriesMax, tagsMax } from '../limits.js';
import { programKey } from '../product-type/define-product-type.js';
import { products } from '../product/product.row.js';
import { tagText } from '../product/tags.js';

/** By what products belong to a collection. */
@InputType({ description: 'By what products belong to a collection: one value of each list that is given.' })
export class CollectionRuleInput {
  @Field(() => [String], { nullable: true, description: 'Tags of which a product has at least one, at most 30.' }) tags?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Categories of which a product is in at least one, at most 10.' }) categoryIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Keys of product types of which a product has one, at most 30.' }) productTypes?: string[] | null;
}

/** Products named one by one, in an input. */
export const productIdList = listOf(idText, collectionProductsMax).transform((ids) => [...new Set(ids)]);

/** A rule in an input. */
export const collectionRule = z.object({
  tags: listOf(tagText, tagsMax).nullish().transform((list) => [...new Set(list ?? [])]),
  categoryIds: listOf(idText, productCategoriesMax).nullish().transform((list) => [...new Set(list ?? [])]),
  productTypes: listOf(programKey, tagsMax).nullish().transform((list) => [...new Set(list ?? [])]),
}).refine(({ tags, categoryIds, productTypes }) => tags.length + categoryIds.length + productTypes.length > 0, 'expected at least one value');

/** Refuses products and categories that do not exist. */
export async function checkMembers(tx: CatalogTx, members: { readonly productIds: readonly string[]; readonly categoryIds: readonly string[] }): Promise<void> {
  const problems: InputProblem[] = [];
  const found = await Promise.all([tx.db.collection(products).findByIds(members.productIds), tx.db.collection(categories).findByIds(members.categoryIds)]);
  members.productIds.forEach((id, at) => { if (!found[0][at]) problems.push({ path: ['input', 'productIds', at], message: `expected a product, came ${id}` }); });
  members.categoryIds.forEach((id, at) => { if (!found[1][at]) problems.push({ path: ['input', 'rule', 'categoryIds', at], message: `expected a category, came ${id}` }); });
  if (problems.length > 0) throw badInput(problems);
}
