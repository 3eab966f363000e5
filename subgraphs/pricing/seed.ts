import { promotionStarted } from '@haat/schema/events/pricing';
import type { Seeding } from '@haat/kit/define';
import { fixedId } from '@haat/kit/id';
import type { PricingTx } from './context.js';
import { wholePpm } from './engine/limits.js';
import { FlashSale } from './flash-sale/flash-sale.js';
import { Coupon } from './coupon/coupon.js';
import { PriceList } from './price-list/price-list.js';
import { checkRules } from './promotion/check-rules.js';
import { priceAnew } from './promotion/price-anew.js';
import { PromotionClass, PromotionState } from './promotion/promotion-enums.js';
import { promotionStateOf } from './promotion/promotion-state.js';
import { Promotion } from './promotion/promotion.js';
import { seedMarkets, seedPromotions, type SeedMarket, type SeedPromotion } from './seed/seed-markets.js';
import { PricesAbroad, PromotionSearch, settingsId, TaxRounding, TaxRoundingLevel, TaxSettings } from './tax/save-tax-settings.js';
import { TaxClass, TaxRate } from './tax/tax-class.js';

/** Days until the demonstration's flash sale begins: there to be looked at, and to be filled with offers of one's own. */
const flashSaleInDays = 7;
const dayMs = 86_400_000;

/** Fills both marketplaces with taxes, a list, promotions and coupons. Prices are set through the public door. What is there stays. */
export async function seedPricing(seeding: Seeding): Promise<void> {
  for (const market of seedMarkets) {
    await seeding.inTenant(fixedId('ten', market.slug), async (tx: PricingTx) => {
      if (await tx.db.existsBy(TaxSettings, { id: settingsId })) return;
      await seedTaxes(tx, market);
      await seedPriceList(tx, market);
      for (const promotion of seedPromotions(market, (slug) => fixedId('cat', `${market.slug}:${slug}`))) await seedPromotion(tx, market, promotion);
      await seedFlashSale(tx, market);
    });
  }
}

async function seedTaxes(tx: PricingTx, { slug, country, pricesIncludeTax, taxName, classes, shippingTaxClass }: SeedMarket): Promise<void> {
  const row = { tenantId: tx.tenant.id, version: 1 };
  await tx.db.insert(TaxSettings, {
    ...row, id: settingsId, homeCountry: country, homeRegion: null, pricesIncludeTax, abroad: PricesAbroad.KEEP_NET, rounding: TaxRounding.HALF_UP, level: TaxRoundingLevel.LINE, shippingTaxClass, search: PromotionSearch.BY_PRIORITY,
  });
  await tx.db.insert(TaxClass, classes.map(([key, name]) => ({ ...row, id: fixedId('txc', `${slug}:${key}`), key, name })));
  await tx.db.insert(TaxRate, classes.map(([key, , ratePpm, reason], position) => ({
    ...row, id: fixedId('txr', `${slug}:${key}`), code: 'VAT', taxClass: key, country, region: null, regionNames: [], postalPrefixes: [], buyerKinds: [], startsAt: null, endsAt: null, jurisdiction: country,
    name: `${taxName} ${ratePpm / 10_000} %`, ratePpm, basePpm: wholePpm, isCompound: false, position, reason,
  })));
}

/** A list for everybody: who sets prices with quantities in it has tiers for whoever buys many. */
async function seedPriceList(tx: PricingTx, { slug }: SeedMarket): Promise<void> {
  await tx.db.insert(PriceList, {
    tenantId: tx.tenant.id, id: fixedId('prl', `${slug}:wholesale`), version: 1, name: 'Wholesale', priority: 10, channels: [], groups: [], companyIds: [], buyerKinds: [], countries: [], vendorIds: [],
    startsAt: null, endsAt: null, isEnded: false,
  });
}

async function seedPromotion(tx: PricingTx, { slug, currency }: SeedMarket, { key, codes, ...wanted }: SeedPromotion): Promise<void> {
  const row = tx.db.create(Promotion, {
    ...wanted, conditions: [...wanted.conditions], effects: [...wanted.effects], combinesWith: [...wanted.combinesWith],
    tenantId: tx.tenant.id, id: fixedId('prm', `${slug}:${key}`), version: 1, currency, priority: 0, vendorId: null, startsAt: null, endsAt: null, exclusiveGroup: null, stopProcessing: false,
    maxDiscountMinor: null, platformPpm: wholePpm, needsCoupon: codes.length > 0, budgetMinor: null, spentMinor: 0, state: PromotionState.ACTIVE, dueAt: null,
  });
  checkRules(row);
  const promotion = await tx.db.save(row);
  await tx.emit(promotionStarted, { aggregate: { id: promotion.id, version: 1 }, payload: await promotionStateOf(tx, promotion) });
  if (promotion.class === PromotionClass.CATALOGUE) await priceAnew(tx, { vendorId: null, at: tx.clock.now() });
  if (codes.length === 0) return;
  await tx.db.insert(Coupon, codes.map((coupon) => ({
    tenantId: tx.tenant.id, id: fixedId('cpn', `${slug}:${coupon.code}`), version: 1, promotionId: promotion.id, ...coupon, startsAt: null, endsAt: null, isEnded: false, usesMax: null, used: 0,
    usesPerDayMax: null, userIds: [], emailHashes: [],
  })));
}

async function seedFlashSale(tx: PricingTx, { slug }: SeedMarket): Promise<void> {
  const startsAt = new Date(tx.clock.now().getTime() + flashSaleInDays * dayMs);
  await tx.db.insert(FlashSale, {
    tenantId: tx.tenant.id, id: fixedId('fls', `${slug}:weekend`), version: 1, name: 'Weekend flash sale', startsAt, endsAt: new Date(startsAt.getTime() + 2 * dayMs), platformPpm: wholePpm / 2,
    combinesWith: [PromotionClass.ORDER, PromotionClass.SHIPPING], state: PromotionState.SCHEDULED, dueAt: startsAt,
  });
}
