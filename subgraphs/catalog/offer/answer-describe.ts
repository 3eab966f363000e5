import { catalogDescribe } from '@haat/schema/asks/catalog';
import { defineAnswer } from '@haat/kit/define';
import type { z } from 'zod';
import type { CatalogContext } from '../context.js';
import { ProductStatus, type ProductRow } from '../product/product.row.js';
import { Product, ProductVariant } from '../product/product.type.js';
import { offers, OfferStatus, type OfferRow } from './offer.row.js';

type Described = z.infer<typeof catalogDescribe.output>['offers'][number];

/** What the goods behind offers are, for a checkout: four statements whatever their number. */
export const answerDescribe = defineAnswer(catalogDescribe, async (ctx: CatalogContext, { offerIds }) => {
  const rows = await ctx.db.collection(offers).findByIds([...new Set(offerIds)]);
  const described = await Promise.all(rows.map((row) => (row ? describe(ctx, row) : null)));
  return { offers: described.filter((one) => one !== null) };
});

async function describe(ctx: CatalogContext, offer: OfferRow): Promise<Described | null> {
  const row = await ctx.loaders.productsById.load(offer.productId);
  const part = row?.variants.find(({ id }) => id === offer.variantId);
  if (!row || !part) return null;
  const [type, categories] = await Promise.all([ctx.loaders.productTypesByKey.load(row.typeKey), Promise.all(row.categoryIds.map((id) => ctx.loaders.categoriesById.load(id)))]);
  const product = Product.of(row, ctx.locale);
  const variant = ProductVariant.of(row, part, ctx.locale);
  return {
    offerId: offer._id, productId: row._id, variantId: part.id, vendorId: offer.vendorId, title: product.title, variantTitle: variant.title, sku: part.sku,
    vendorSku: offer.vendorSku, options: variant.options, productType: row.typeKey, taxClass: type?.taxClass ?? 'standard', weightGrams: offer.weightGrams ?? null,
    maxPerOrder: offer.maxPerOrder ?? null, shippingProfile: offer.shippingProfile, imageUrl: product.image?.url ?? null, whyNot: whyNot(offer, row),
    categoryPaths: categories.filter((category) => category !== null).map(({ _id, ancestorIds }) => [...ancestorIds, _id]),
  };
}

function whyNot(offer: OfferRow, product: ProductRow): Described['whyNot'] {
  if (product.status !== ProductStatus.PUBLISHED) return 'PRODUCT_NOT_PUBLISHED';
  return offer.status === OfferStatus.ACTIVE ? null : 'OFFER_NOT_ACTIVE';
}
