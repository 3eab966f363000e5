import { parsed } from '@haat/kit/input';
import { idText, searchCharactersMax } from '@haat/kit/limits';
import type { Where } from '@haat/kit-mongo/mongo-where';
import type { Page, PageArgs } from '@haat/kit/page';
import { forbidden } from '@haat/kit/refusal';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { z } from 'zod';
import { isStaff } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import { documentPage } from '../document-page.js';
import { programKey } from '../product-type/define-product-type.js';
import { products, ProductStatus } from './product.row.js';
import { Product } from './product.type.js';
import { searchTokenOf } from './search-tokens.js';
import { tagText } from './tags.js';

/** In which order staff reads products. */
export enum ProductSort { NEWEST = 'NEWEST', OLDEST = 'OLDEST', RECENTLY_CHANGED = 'RECENTLY_CHANGED' }

registerEnumType(ProductSort, {
  name: 'ProductSort',
  description: 'In which order staff reads products.',
  valuesConfig: {
    NEWEST: { description: 'The product made last in front.' },
    OLDEST: { description: 'The product made first in front.' },
    RECENTLY_CHANGED: { description: 'The product changed last in front.' },
  },
});

/** Which products staff reads. */
@InputType({ description: 'Which products staff reads: those to which all given parts apply.' })
export class ProductFilter {
  @Field(() => ProductStatus, { nullable: true, description: 'Only products in this state.' }) status?: ProductStatus | null;
  @Field(() => String, { nullable: true, description: 'Only products of the type with this key.' }) type?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only products that this vendor offers or has offered; begins with ven_.' }) vendor?: string | null;
  @Field(() => String, { nullable: true, description: 'Only products with this tag.' }) tag?: string | null;
  @Field(() => String, { nullable: true, description: "A whole SKU, or the beginning of a title's word, at least 2 characters; of several words the longest counts." }) text?: string | null;
}

const rules = z.object({
  status: z.enum(ProductStatus).nullish(), type: programKey.nullish(), vendor: idText.nullish(), tag: tagText.nullish(), text: z.string().max(searchCharactersMax).nullish(),
});

const orders = {
  [ProductSort.NEWEST]: { orderBy: 'createdAt', descending: true },
  [ProductSort.OLDEST]: { orderBy: 'createdAt', descending: false },
  [ProductSort.RECENTLY_CHANGED]: { orderBy: 'updatedAt', descending: true },
} as const;

/** Products as staff reads them: one statement. A merchant needs a right to the catalogue at one of their vendors. */
export async function listProducts(ctx: CatalogContext, args: PageArgs, filter: ProductFilter | null | undefined, sort: ProductSort = ProductSort.NEWEST): Promise<Page<Product>> {
  if (!isStaff(ctx.viewer)) throw forbidden();
  const options = { tenantId: ctx.tenant.id, list: 'products', where: whereOf(parsed(rules, filter ?? {}, ['filter'])), args, ...orders[sort] };
  return documentPage(ctx.db.collection(products), options, (row) => Product.of(row, ctx.locale));
}

function whereOf({ status, type, vendor, tag, text }: z.infer<typeof rules>): Where<z.infer<typeof products.outgoing>> {
  return {
    ...(status && { status }), ...(type && { typeKey: type }), ...(vendor && { offeredBy: vendor }), ...(tag && { tags: tag }),
    ...(text && { searchTokens: searchTokenOf(text) ?? text }),
  };
}
