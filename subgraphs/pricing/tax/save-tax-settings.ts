import { parsed } from '@haat/kit/input';
import { lineOf } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { CountryCode } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { z } from 'zod';
import type { PricingTx } from '../context.js';
import { priceAnew } from '../promotion/price-anew.js';
import { taxClassKey } from './save-tax-class.js';
import { TaxClass, TaxClassUnknown } from './tax-class.js';

/** What happens to prices that hold the tax, abroad. */
export enum PricesAbroad { KEEP_GROSS = 'KEEP_GROSS', KEEP_NET = 'KEEP_NET' }
/** How a half is rounded. */
export enum TaxRounding { HALF_UP = 'HALF_UP', HALF_EVEN = 'HALF_EVEN' }
/** What is rounded. */
export enum TaxRoundingLevel { LINE = 'LINE', UNIT = 'UNIT', RATE_GROUP = 'RATE_GROUP' }
/** How promotions are chosen. */
export enum PromotionSearch { BY_PRIORITY = 'BY_PRIORITY', BEST_DEAL = 'BEST_DEAL' }

registerEnumType(PricesAbroad, { name: 'PricesAbroad', description: 'What happens to prices that hold the tax, where goods go abroad.', valuesConfig: {
  KEEP_GROSS: { description: 'The buyer pays the same everywhere.' }, KEEP_NET: { description: 'The seller earns the same everywhere.' } } });
registerEnumType(TaxRounding, { name: 'TaxRounding', description: 'How a half of the smallest unit is rounded.', valuesConfig: {
  HALF_UP: { description: 'Away from zero, as most tax offices do.' }, HALF_EVEN: { description: 'To the even neighbour, as banks do.' } } });
registerEnumType(TaxRoundingLevel, { name: 'TaxRoundingLevel', description: 'What the tax is rounded of.', valuesConfig: {
  LINE: { description: 'The tax of each line of goods.' }, UNIT: { description: 'The tax of each single piece.' }, RATE_GROUP: { description: 'The tax of all that a vendor sells at one rate.' } } });
registerEnumType(PromotionSearch, { name: 'PromotionSearch', description: 'How is chosen among promotions that exclude each other.', valuesConfig: {
  BY_PRIORITY: { description: 'In the order of their priority alone.' }, BEST_DEAL: { description: 'The combination that makes the cart cheapest, within bounds.' } } });

/** How a marketplace taxes. */
@ObjectType({ description: 'How the marketplace taxes and rounds; one per marketplace.' })
@Entity({ name: 'tax_settings' })
export class TaxSettings extends TenantRow {
  @Field(() => CountryCode, { description: 'The own country: carts without an address are taxed as there.' }) @Column({ type: 'char', length: 2 }) homeCountry: string;
  @Field(() => String, { nullable: true, description: 'The own region, where the country has several taxes.' }) @Column({ type: 'text', nullable: true }) homeRegion: string | null;
  @Field(() => Boolean, { description: 'Whether prices, delivery and discounts hold the tax already.' }) @Column({ type: 'boolean' }) pricesIncludeTax: boolean;
  @Field(() => PricesAbroad, { description: 'What happens to such prices abroad.' }) @Column({ type: 'text' }) abroad: PricesAbroad;
  @Field(() => TaxRounding, { description: 'How a half is rounded here.' }) @Column({ type: 'text' }) rounding: TaxRounding;
  @Field(() => TaxRoundingLevel, { description: 'What the tax is rounded of.' }) @Column({ type: 'text' }) level: TaxRoundingLevel;
  @Field(() => String, { nullable: true, description: 'The tax class of delivery; taxed as the goods in the parcel where null.' }) @Column({ type: 'text', nullable: true }) shippingTaxClass: string | null;
  @Field(() => PromotionSearch, { description: 'How is chosen among promotions that exclude each other.' }) @Column({ type: 'text' }) search: PromotionSearch;
}

/** The settings as a whole. */
@InputType({ description: 'How the marketplace taxes and rounds, as a whole.' })
export class SaveTaxSettingsInput {
  @Field(() => CountryCode, { description: 'The own country: carts without an address are taxed as there.' }) homeCountry: string;
  @Field(() => String, { nullable: true, description: 'The own region, where the country has several taxes.' }) homeRegion?: string | null;
  @Field(() => Boolean, { description: 'Whether prices, delivery and discounts hold the tax already.' }) pricesIncludeTax: boolean;
  @Field(() => PricesAbroad, { defaultValue: PricesAbroad.KEEP_GROSS, description: 'What happens to such prices abroad.' }) abroad: PricesAbroad;
  @Field(() => TaxRounding, { defaultValue: TaxRounding.HALF_UP, description: 'How a half is rounded here.' }) rounding: TaxRounding;
  @Field(() => TaxRoundingLevel, { defaultValue: TaxRoundingLevel.LINE, description: 'What the tax is rounded of.' }) level: TaxRoundingLevel;
  @Field(() => String, { nullable: true, description: 'The tax class of delivery; taxed as the goods in the parcel when left out.' }) shippingTaxClass?: string | null;
  @Field(() => PromotionSearch, { defaultValue: PromotionSearch.BY_PRIORITY, description: 'How is chosen among promotions that exclude each other.' }) search: PromotionSearch;
}

/** The settings as they are now. */
export const SaveTaxSettingsResult = resultOf('SaveTaxSettingsResult', 'The settings as they are now, or why they are as before.', [TaxSettings, TaxClassUnknown]);

const rules = z.object({
  homeCountry: z.string(), homeRegion: lineOf(64).nullish().transform((text) => text ?? null), pricesIncludeTax: z.boolean(), abroad: z.enum(PricesAbroad), rounding: z.enum(TaxRounding),
  level: z.enum(TaxRoundingLevel), shippingTaxClass: taxClassKey.nullish().transform((key) => key ?? null), search: z.enum(PromotionSearch),
});

/** The only row of a marketplace. */
export const settingsId = 'settings';

/** Writes the settings. What everybody pays is computed anew: it says whether tax is in it. */
export async function saveTaxSettings(tx: PricingTx, input: SaveTaxSettingsInput): Promise<TaxSettings | TaxClassUnknown> {
  const wish = parsed(rules, input);
  if (wish.shippingTaxClass && !(await tx.db.existsBy(TaxClass, { key: wish.shippingTaxClass }))) return TaxClassUnknown.of(wish.shippingTaxClass);
  const before = await tx.db.findOne(TaxSettings, { where: { id: settingsId }, lock: { mode: 'pessimistic_write' } });
  const row = before ?? tx.db.create(TaxSettings, { tenantId: tx.tenant.id, id: settingsId, version: 0 });
  await priceAnew(tx, { vendorId: null, at: tx.clock.now() });
  return tx.db.save(Object.assign(row, wish, { version: row.version + 1 }));
}
