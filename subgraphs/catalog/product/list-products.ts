import { parsed } from '@haat/kit/input';
import { idText, searchCharactersMax } from '@haat/kit/limits';
import { allOf, among, type Where } from '@haat/kit-mongo/mongo-where';
import type { Page, PageArgs } from '@haat/kit/page';
import { forbidden } from '@haat/kit/refusal';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { z } from 'zod';
import { cataloguesOf, runsMarketplace } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import { documentPage } from '../document-page.js';
import { programKey } from '../product-type/define-product-type.js';
import { products, ProductStatus } from './product.row.js';
import { Product } from './product.type.js';
import { searchedTokensOf } from './search-tokens.js';
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
  @Field(() => ID, { nullable: true, description: 'Only products that this vendor made, offers or has offered; begins with ven_.' }) vendor?: string | null;
  @Field(() => String, { nullable: true, description: 'Only products with this tag.' }) tag?: string | null;
  @Field(() => String, { nullable: true, description: "A whole SKU, or beginnings of a title's words, at least 2 characters each; every one must be found." }) text?: string | null;
}

const rules = z.object({
  status: z.enum(ProductStatus).nullish(), type: programKey.nullish(), vendor: idText.nullish(), tag: tagText.nullish(), text: z.string().max(searchCharactersMax).nullish(),
});

const orders = {
  [ProductSort.NEWEST]: { orderBy: 'createdAt', descending: true },
  [ProductSort.OLDEST]: { orderBy: 'createdAt', descending: false },
  [ProductSort.RECENTLY_CHANGED]: { orderBy: 'updatedAt', descending: true },
} as const;

/** Products as staff reads them: one statement. Merchants read published ones, and in any state those their vendors made or offer. */
export async function listProducts(ctx: CatalogContext, args: PageArgs, filter: ProductFilter | null | undefined, sort?: ProductSort | null): Promise<Page<Product>> {
  const options = { tenantId: ctx.tenant.id, list: 'products', where: whereOf(ctx, parsed(rules, filter ?? {}, ['filter'])), args, ...orders[sort ?? ProductSort.NEWEST] };
  return documentPage(ctx.db.collection(products), options, (row) => Product.of(row, ctx.locale));
}

function whereOf(ctx: CatalogContext, { status, type, vendor, tag, text }: z.infer<typeof rules>): Where<z.infer<typeof products.outgoing>> {
  return {
    ...(status && { status }), ...(type && { typeKey: type }), ...sellersIn(ctx, status, vendor), ...(tag && { tags: tag }),
    ...(text && { searchTokens: allOf(searchedTokensOf(text)) }),
  };
}

/** Whose products are read. What shoppers do not see, merchants see of their own vendors only. */
function sellersIn({ viewer }: CatalogContext, status: ProductStatus | null | undefined, vendor: string | null | undefined): { offeredBy?: string | ReturnType<typeof among> } {
  const own = cataloguesOf(viewer);
  const seesAll = runsMarketplace(viewer);
  if (!seesAll && own.length === 0) throw forbidden();
  if (seesAll || status === ProductStatus.PUBLISHED || (vendor && own.includes(vendor))) return vendor ? { offeredBy: vendor } : {};
  if (vendor) throw forbidden();
  return { offeredBy: among(own) };
}
