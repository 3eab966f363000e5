import { productChanged, productPublished } from '@haat/schema/events/catalog';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { badInput } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { DateTime } from '@haat/kit/scalars';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { checkMaySell } from '../access/may.js';
import type { CatalogTx } from '../context.js';
import { missingAttributes } from './check-attributes.js';
import { AlreadyPublished, AttributesMissing } from './product-problems.js';
import { productStateOf } from './product-state.js';
import { productToManage } from './product-to-manage.js';
import { products, ProductStatus, type ProductRow } from './product.row.js';
import { Product } from './product.type.js';
import { typeOf } from './write-product.js';

/** How far ahead publishing may be planned, in days. */
export const planDaysMax = 730;

/** What is published, and when. */
@InputType({ description: 'Which product shoppers are to see, and from when.' })
export class PublishProductInput {
  @Field(() => ID, { description: 'The product to be published; begins with prod_.' }) productId: string;
  @Field(() => DateTime, { nullable: true, description: 'When it publishes itself, at most 730 days ahead; at once when left out or past.' }) at?: Date | null;
}

/** The product, or why it stays as it was. */
export const PublishProductResult = resultOf('PublishProductResult', 'The product, PUBLISHED or SCHEDULED, or why it was left.', [Product, AttributesMissing, AlreadyPublished]);

const rules = z.object({ productId: idText, at: z.date().nullish() });

/** Shows a product to shoppers, now or by itself later. Publishing what is published changes nothing; a planned time can be changed. */
export async function publishProduct(tx: CatalogTx, input: PublishProductInput): Promise<Product | AttributesMissing | AlreadyPublished> {
  const { productId, at } = parsed(rules, input);
  const now = tx.clock.now();
  const isLater = at !== undefined && at !== null && at > now;
  if (isLater && at.getTime() > now.getTime() + planDaysMax * 86_400_000) throw badInput([{ path: ['input', 'at'], message: `expected a moment at most ${planDaysMax} days ahead, came ${at.toISOString()}` }]);
  const current = await productToManage(tx, productId);
  await checkMaySell(tx, current.vendorId);
  if (current.status === ProductStatus.PUBLISHED) return isLater ? AlreadyPublished.of() : Product.of(current, tx.locale);
  const { attributes, taxClass } = await typeOf(tx, current.typeKey);
  const missing = missingAttributes(attributes, current.attributes);
  if (missing.length > 0) return AttributesMissing.of(missing);
  const next: ProductRow = isLater ? { ...current, taxClass, status: ProductStatus.SCHEDULED, publishAt: at } : { ...published(current, now), taxClass };
  return Product.of(await savePublishing(tx, current, next), tx.locale);
}

/** A product as it is once shoppers see it. */
export function published(current: ProductRow, now: Date): ProductRow {
  return { ...current, status: ProductStatus.PUBLISHED, publishAt: undefined, publishedAt: current.publishedAt ?? now };
}

async function savePublishing(tx: CatalogTx, current: ProductRow, next: ProductRow): Promise<ProductRow> {
  const contract = next.status === ProductStatus.PUBLISHED ? productPublished : productChanged;
  const saying = (): Promise<void> => tx.emit(contract, { aggregate: { id: next._id, version: current.version + 1 }, payload: productStateOf(next) });
  const written = await tx.db.collection(products).save(next, { saying });
  if (!('document' in written)) throw new Error(`The product ${next._id} is gone.`);
  return written.document;
}
