import { fixedId } from '@haat/kit/id';
import { OfferStatus, type NewOfferRow } from '../offer/offer.row.js';
import { ProductStatus, type NewProductRow } from '../product/product.row.js';
import { searchTokensOf } from '../product/search-tokens.js';
import { pictureSide, picturePath } from './draw-picture.js';
import { gramsOf, taxClassOf, valuesOf } from './goods-types.js';
import { formsOf } from './goods-variants.js';
import type { SeedGood, SeedMarket } from './read-goods.js';

/** When the demonstration's products were first seen. */
const publishedAt = new Date('2026-01-01T00:00:00Z');
/** Two of seven products have two vendors, of every 28 one has three where so many sell its kind; one in four is not of the specialist. */
const sharedOf = { every: 7, at: [0, 3] } as const;
const sharedByThreeEvery = 28;
const elsewhereEvery = 4;

/** The id of something of the demonstration, by its slug: the same every time. */
export function seedId(prefix: 'cat' | 'prod' | 'col' | 'ven', market: Pick<SeedMarket, 'slug'>, slug: string): string {
  return fixedId(prefix, `${market.slug}:${slug}`);
}

/** A product of the demonstration, published. */
export function productFor(market: SeedMarket, good: SeedGood, imageUrl: string): NewProductRow {
  const { type, number, title, slug, description, place } = good;
  const name = `${market.slug}:${slug[0]}`;
  const { options, combinations } = formsOf(good, market.locale);
  const variants = combinations.map((values, at) => ({ id: fixedId('var', `${name}:${values.join('/')}`), sku: skuOf(good, at), values }));
  const texts = {
    en: { title: title[0], description: `${title[0]}. ${description[0]}`, slug: slug[0] },
    [market.locale]: { title: title[1], description: `${title[1]}${market.locale === 'bn' ? '।' : '.'} ${description[1]}`, slug: slug[1] },
  };
  const image = { id: fixedId('img', name), url: `${imageUrl}/${picturePath(market.slug, good)}`, width: pictureSide, height: pictureSide };
  return {
    _id: seedId('prod', market, slug[0]), status: ProductStatus.PUBLISHED, publishedAt, typeKey: type, taxClass: taxClassOf(type), defaultLocale: 'en', texts, options, variants, attributes: valuesOf(type, number),
    categoryIds: [seedId('cat', market, place)], tags: tagsOf(good), images: [image], metadata: [], offeredBy: sellersOf(market, good).map((slug) => seedId('ven', market, slug)), searchTokens: searchTokensOf({ texts, variants }),
  };
}

/** Who sells a product, a piece of each variant by itself; ids are made where the tenant is known. */
export function offersFor(market: SeedMarket, good: SeedGood, product: NewProductRow): Omit<NewOfferRow, '_id'>[] {
  return sellersOf(market, good).flatMap((seller) => product.variants.map(({ id, sku }) => ({
    productId: product._id, variantId: id, vendorId: seedId('ven', market, seller), vendorSku: `${seller.slice(0, 3).toUpperCase()}-${sku}`, status: OfferStatus.ACTIVE, shippingProfile: 'standard', metadata: [],
    weightGrams: gramsOf[good.type] + (good.number % 7) * 25,
  })));
}

/** Who sells a good: the ones who sell its kind, in turn. */
function sellersOf({ sellers }: SeedMarket, { type, number }: SeedGood): string[] {
  const known = sellers[type];
  const start = number % elsewhereEvery === elsewhereEvery - 1 ? 1 : 0;
  const count = number % sharedByThreeEvery === 0 ? 3 : sharedOf.at.some((at) => number % sharedOf.every === at) ? 2 : 1;
  return [...known.slice(start), ...known.slice(0, start)].slice(0, count);
}

function skuOf({ place, number }: SeedGood, variant: number): string {
  return `${place.replaceAll('-', '').slice(0, 4).toUpperCase()}-${String(number + 1).padStart(3, '0')}-${variant + 1}`;
}

function tagsOf({ type, number }: SeedGood): string[] {
  return [type, ...(number % 5 === 0 ? ['gift'] : []), ...(number % 7 === 0 ? ['new'] : []), ...(number % 3 === 0 ? ['handmade'] : [])];
}
