import { CountryCode, CurrencyCode, MinorUnits } from '@haat/kit/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { BuyerKind } from '../price-list/price-list.js';
import { CartValueMoment, CartValueTax, PromotionConditionKind } from './promotion-enums.js';

/** A condition with the parts of every kind: which of them belong to it is in {@link conditionParts}. */
@ObjectType('PromotionConditionFields')
@InputType('PromotionConditionFieldsInput')
abstract class ConditionFields {
  @Field(() => PromotionConditionKind, { description: 'What must hold; says which other fields belong to it.' }) kind: PromotionConditionKind;
  @Field(() => MinorUnits, { nullable: true, description: 'CART_VALUE and goods: the least they must be worth.' }) minMinor?: number | null;
  @Field(() => MinorUnits, { nullable: true, description: 'CART_VALUE: the most the goods may be worth.' }) maxMinor?: number | null;
  @Field(() => CartValueMoment, { nullable: true, description: 'CART_VALUE: at which step goods are valued; NOW when left out.' }) when?: CartValueMoment | null;
  @Field(() => CartValueTax, { nullable: true, description: 'CART_VALUE: with which taxes; AS_PRICED when left out.' }) tax?: CartValueTax | null;
  @Field(() => Int, { nullable: true, description: 'CART_QUANTITY, NTH_ORDER: the least number.' }) min?: number | null;
  @Field(() => Int, { nullable: true, description: 'CART_QUANTITY, NTH_ORDER: the highest number.' }) max?: number | null;
  @Field(() => Int, { nullable: true, description: 'NTH_ORDER: every so many orders, such as every 10th.' }) every?: number | null;
  @Field(() => Int, { nullable: true, description: 'PRODUCT, CATEGORY, ATTRIBUTE, VENDOR: the fewest pieces; 1 when left out.' }) minQuantity?: number | null;
  @Field(() => [ID], { nullable: true, description: 'PRODUCT: products, variants or offers, at most 250.' }) ids?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'CATEGORY: categories with all below them, at most 250.' }) categoryIds?: string[] | null;
  @Field(() => String, { nullable: true, description: 'ATTRIBUTE: the key of the attribute.' }) code?: string | null;
  @Field(() => [String], { nullable: true, description: 'ATTRIBUTE: values of which one must be there.' }) values?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'VENDOR: vendors of the goods, at most 250.' }) vendorIds?: string[] | null;
  @Field(() => [CountryCode], { nullable: true, description: 'COUNTRY: countries that goods go to.' }) countries?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'COUNTRY: regions of them; all when left out.' }) regions?: string[] | null;
  @Field(() => String, { nullable: true, description: 'TIME: IANA time zone, such as Asia/Dhaka.' }) timeZone?: string | null;
  @Field(() => [Int], { nullable: true, description: 'TIME: days of the week, 1 for Monday to 7; every day when left out.' }) days?: number[] | null;
  @Field(() => Int, { nullable: true, description: 'TIME: begins so many minutes after midnight.' }) fromMinute?: number | null;
  @Field(() => Int, { nullable: true, description: 'TIME: ends so many minutes after midnight, up to 1440.' }) untilMinute?: number | null;
  @Field(() => MinorUnits, { nullable: true, description: 'BUDGET: the least that must be left of it.' }) minLeftMinor?: number | null;
  @Field(() => [CurrencyCode], { nullable: true, description: 'CURRENCY: currencies of the cart.' }) currencies?: string[] | null;
  @Field(() => [BuyerKind], { nullable: true, description: 'BUYER: kinds of buyers; all when left out.' }) kinds?: BuyerKind[] | null;
  @Field(() => [String], { nullable: true, description: 'BUYER: groups of customers; all when left out.' }) groups?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'CHANNEL: channels that the cart came by.' }) channels?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'PAYMENT: ways to pay, such as STRIPE.' }) choices?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'SHIPPING_METHOD: methods of delivery, at most 250.' }) methodIds?: string[] | null;
}

/** What must hold. */
@ObjectType({ description: 'What must hold for a promotion; all of its conditions must.' })
export class PromotionCondition extends ConditionFields {}
/** The same as somebody names it. */
@InputType({ description: 'What must hold for a promotion; fields of other kinds than its own are refused.' })
export class PromotionConditionInput extends ConditionFields {}

const goods = { minQuantity: 1, minMinor: null } as const;

/** The parts of each kind, with what stands for those that are left out; undefined must be given. */
export const conditionParts: Readonly<Record<PromotionConditionKind, Readonly<Record<string, unknown>>>> = {
  CART_VALUE: { minMinor: null, maxMinor: null, when: CartValueMoment.NOW, tax: CartValueTax.AS_PRICED },
  CART_QUANTITY: { min: null, max: null },
  PRODUCT: { ids: undefined, ...goods }, CATEGORY: { categoryIds: undefined, ...goods }, ATTRIBUTE: { code: undefined, values: undefined, ...goods }, VENDOR: { vendorIds: undefined, ...goods },
  NTH_ORDER: { min: null, max: null, every: null },
  COUNTRY: { countries: undefined, regions: [] },
  TIME: { timeZone: undefined, days: [], fromMinute: undefined, untilMinute: undefined },
  COUPON: {}, BUDGET: { minLeftMinor: undefined }, CURRENCY: { currencies: undefined }, BUYER: { kinds: [], groups: [] },
  CHANNEL: { channels: undefined }, PAYMENT: { choices: undefined }, SHIPPING_METHOD: { methodIds: undefined },
};
