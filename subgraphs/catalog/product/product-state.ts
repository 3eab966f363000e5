import { productArchived, productChanged, productPublished, type ProductState } from '@haat/schema/events/catalog';
import type { EventContract } from '@haat/schema/event';
import { saidIn } from '../words.js';
import { ProductStatus, type NewProductRow } from './product.row.js';

/** What an event says of a product. */
export function productStateOf(row: NewProductRow): ProductState {
  const { _id: productId, status, vendorId, typeKey, taxClass, defaultLocale, texts, attributes, options, variants, categoryIds, tags, publishAt, publishedAt } = row;
  const { title } = saidIn(texts, defaultLocale, defaultLocale);
  const images = row.images.map(({ alt = title, ...image }) => ({ ...image, alt }));
  return {
    productId, status, vendorId, typeKey, taxClass, defaultLocale, texts, attributes, options, variants, categoryIds, tags, images,
    publishAt: publishAt?.toISOString(), publishedAt: publishedAt?.toISOString(),
  };
}

/** Which event says a product's present state again. */
export function contractOf(status: ProductStatus): EventContract<ProductState> {
  if (status === ProductStatus.PUBLISHED) return productPublished;
  return status === ProductStatus.ARCHIVED ? productArchived : productChanged;
}
