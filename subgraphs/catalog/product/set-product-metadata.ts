import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { MetadataEntryInput } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { CatalogTx } from '../context.js';
import { metadataRules, tooManyFacts } from '../metadata.js';
import { TooMany } from '../too-many.js';
import { productToManage } from './product-to-manage.js';
import { products } from './product.row.js';
import { Product } from './product.type.js';

/** What integrations keep of a product. */
@InputType({ description: 'The facts that integrations keep of a product, in place of those kept.' })
export class SetProductMetadataInput {
  @Field(() => ID, { description: 'The product the facts are about; begins with prod_.' }) productId: string;
  @Field(() => [MetadataEntryInput], { description: 'All facts from now on, at most 50, keys at most 100 characters.' }) entries: MetadataEntryInput[];
}

/** The product, or that there were too many. */
export const SetProductMetadataResult = resultOf('SetProductMetadataResult', 'The product with the new facts, or that there were too many.', [Product, TooMany]);

const rules = z.object({ productId: idText, entries: metadataRules });

/** Replaces the facts of a product. Nobody hears of it: they mean something to their integration only. */
export async function setProductMetadata(tx: CatalogTx, input: SetProductMetadataInput): Promise<Product | TooMany> {
  const { productId, entries } = parsed(rules, input);
  await productToManage(tx, productId);
  const tooMany = tooManyFacts(entries, 'A product');
  if (tooMany) return tooMany;
  const written = await tx.db.collection(products).change(productId, (current) => ({ ...current, metadata: entries }));
  if (!('document' in written)) throw notFound('product');
  return Product.of(written.document, tx.locale);
}
