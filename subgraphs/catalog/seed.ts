import type { Seeding } from '@haat/kit/define';
import { fixedId } from '@haat/kit/id';
import { categories } from './category/category.row.js';
import { insertCategory } from './category/create-category.js';
import { claimKeys } from './claim/claim-keys.js';
import { insertCollection } from './collection/create-collection.js';
import { productCollections } from './collection/collection.row.js';
import type { CatalogTx } from './context.js';
import { insertOffer } from './offer/create-offer.js';
import { offerId, offers, OfferStatus, type NewOfferRow } from './offer/offer.row.js';
import { productTypeId, productTypes } from './product-type/product-type.row.js';
import { insertProduct } from './product/create-product.js';
import { products, type NewProductRow } from './product/product.row.js';
import { claimProduct } from './product/write-product.js';
import { attributeRowsOf, goodsTypes, taxClassOf, typeNamesOf } from './seed/goods-types.js';
import { offersFor, productFor, seedId } from './seed/seed-rows.js';
import { readGoods, seedMarkets, type SeedGoods, type SeedMarket } from './seed/read-goods.js';

/** How many documents are written at once. */
const writersMax = 8;

type InTenant = <T>(work: (tx: CatalogTx) => Promise<T>) => Promise<T>;

/** Fills both marketplaces with what they sell. What is there already stays as it is. */
export async function seedCatalog(seeding: Seeding): Promise<void> {
  for (const market of seedMarkets) {
    const goods = readGoods(market);
    const inTenant: InTenant = (work) => seeding.inTenant(fixedId('ten', market.slug), (tx) => work(tx as CatalogTx));
    await seedTypes(inTenant, market);
    await seedPlaces(inTenant, market, goods);
    await seedGoods(inTenant, market, goods);
    await seedCollections(inTenant, market, goods);
  }
}

async function seedTypes(inTenant: InTenant, { locale }: SeedMarket): Promise<void> {
  for (const key of goodsTypes) {
    const row = { key, defaultLocale: 'en', names: typeNamesOf(key, locale), taxClass: taxClassOf(key), needsShipping: true, attributes: attributeRowsOf(key, locale) };
    await inTenant((tx) => tx.db.collection(productTypes).changeOrInsert(productTypeId(tx.tenant.id, key), (current) => (current ? undefined : row)));
  }
}

async function seedPlaces(inTenant: InTenant, market: SeedMarket, { places }: SeedGoods): Promise<void> {
  const ids = places.map(({ slug }) => seedId('cat', market, slug));
  const standing = await inTenant((tx) => tx.db.collection(categories).findByIds(ids));
  for (const [position, { slug, name, parent }] of places.entries()) {
    if (standing[position]) continue;
    const parentId = parent === undefined ? undefined : seedId('cat', market, parent);
    const row = { _id: ids[position] ?? '', slug, defaultLocale: 'en', names: { en: name[0], [market.locale]: name[1] }, parentId, ancestorIds: parentId ? [parentId] : [], position };
    await inTenant(async (tx) => {
      await claimKeys(tx, row._id, [{ kind: 'category', key: slug }]);
      await insertCategory(tx, row);
    });
  }
}

async function seedGoods(inTenant: InTenant, market: SeedMarket, { goods }: SeedGoods): Promise<void> {
  const rows = await inTenant(async (tx) => goods.map((good) => productFor(market, good, tx.config.IMAGE_BASE_URL)));
  const standing = await inTenant((tx) => tx.db.collection(products).findByIds(rows.map(({ _id }) => _id)));
  await inParallel(rows.filter((_, at) => !standing[at]), (row) => inTenant((tx) => seedProduct(tx, row)));
  const offered = goods.flatMap((good, at) => offersFor(market, good, rows[at] as NewProductRow));
  for (let at = 0; at < offered.length; at += 500) await seedOffers(inTenant, offered.slice(at, at + 500));
}

async function seedProduct(tx: CatalogTx, row: NewProductRow): Promise<void> {
  const taken = await claimProduct(tx, row);
  if (taken) throw new Error(`${row._id} cannot be seeded: ${taken.message}`);
  await insertProduct(tx, row);
}

async function seedOffers(inTenant: InTenant, rows: readonly Omit<NewOfferRow, '_id'>[]): Promise<void> {
  const named = await inTenant(async (tx) => rows.map((row): NewOfferRow => ({ ...row, _id: offerId(tx.tenant.id, row.vendorId, row.variantId), status: OfferStatus.ACTIVE })));
  const standing = await inTenant((tx) => tx.db.collection(offers).findByIds(named.map(({ _id }) => _id)));
  await inParallel(named.filter((_, at) => !standing[at]), (row) => inTenant((tx) => insertOffer(tx, row)));
}

/** A table of gifts, by a rule, and one chosen by hand. */
async function seedCollections(inTenant: InTenant, market: SeedMarket, { goods }: SeedGoods): Promise<void> {
  const chosen = goods.filter(({ number }) => number % 25 === 0).map(({ slug }) => seedId('prod', market, slug[0]));
  const gifts = { slug: 'gifts', names: { en: 'Gifts', [market.locale]: market.locale === 'bn' ? 'উপহার' : 'Presenter' }, productIds: [], rule: { tags: ['gift'], categoryIds: [], typeKeys: [] } };
  const picks = { slug: 'our-favourites', names: { en: 'Our Favourites', [market.locale]: market.locale === 'bn' ? 'আমাদের প্রিয়' : 'Våra favoriter' }, productIds: chosen };
  for (const collection of [gifts, picks]) {
    const _id = seedId('col', market, collection.slug);
    await inTenant(async (tx) => {
      if (await tx.db.collection(productCollections).findById(_id)) return;
      await claimKeys(tx, _id, [{ kind: 'collection', key: collection.slug }]);
      await insertCollection(tx, { _id, defaultLocale: 'en', ...collection });
    });
  }
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = items.values();
  await Promise.all(Array.from({ length: writersMax }, async () => {
    for (const item of waiting) await work(item);
  }));
}
