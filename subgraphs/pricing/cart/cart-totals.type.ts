import { Money } from '@haat/kit/money';
import { CouponRejectedReason, PaymentChoice } from '@haat/kit/shared-types';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { TaxReason } from '../tax/tax-class.js';
import { PriceTraceStep, PromotionRejectedReason } from './cart-totals.enums.js';

/** One tax of a line. */
@ObjectType({ description: 'One tax of a line: what it is taken of, and where it is nothing, why.' })
export class LineTax {
  @Field(() => String, { description: 'Whose tax it is: a country or a part of it.' }) jurisdiction: string;
  @Field(() => String, { description: 'What invoices call it, such as VAT 15 %.' }) name: string;
  @Field(() => Int, { description: 'The rate in parts per million: 150000 is 15 %.' }) ratePpm: number;
  @Field(() => Money, { description: 'What the tax is taken of.' }) base: Money;
  @Field(() => Money, { description: 'How much tax it is.' }) amount: Money;
  @Field(() => Boolean, { description: 'Whether the price holds the tax already.' }) included: boolean;
  @Field(() => TaxReason, { description: 'Why the rate is what it is.' }) reason: TaxReason;
}

/** A line with its prices. */
@ObjectType({ description: 'The numbers of one line of a cart.' })
export class CartLineTotals {
  @Field(() => ID, { description: 'The line of the cart they are of.' }) lineId: string;
  @Field(() => Money, { description: 'For one piece, before promotions and coupons.' }) unitPrice: Money;
  @Field(() => Money, { description: 'Unit price times quantity, before anything is off.' }) subtotal: Money;
  @Field(() => Money, { description: 'Everything that is taken off this line.' }) discount: Money;
  @Field(() => Money, { description: 'All taxes of this line, those within its price as well.' }) tax: Money;
  @Field(() => Money, { description: 'What is paid for this line, with its taxes.' }) total: Money;
  @Field(() => [LineTax], { description: 'Each tax of this line, never empty.' }) taxes: LineTax[];
}

/** The sums of a vendor's part. */
@ObjectType({ description: "The sums of one vendor's part of a cart." })
export class CartVendorTotals {
  @Field(() => ID, { description: 'The vendor whose goods and delivery these are.' }) vendorId: string;
  @Field(() => Money, { description: 'Goods at unit price, before anything is off.' }) subtotal: Money;
  @Field(() => Money, { description: 'Everything taken off goods and delivery.' }) discount: Money;
  @Field(() => Money, { description: 'Delivery before anything is off; zero until a way is chosen.' }) shipping: Money;
  @Field(() => Money, { description: 'All taxes, those within the prices as well.' }) tax: Money;
  @Field(() => Money, { description: 'What is paid to this vendor, with its taxes.' }) total: Money;
}

/** A step of the computation. */
@ObjectType({ description: 'One step of the computation: which rule changed which amount.' })
export class PriceTraceRow {
  @Field(() => PriceTraceStep, { description: 'At which step the amount changed.' }) step: PriceTraceStep;
  @Field(() => ID, { nullable: true, description: 'The price, promotion, method or tax rate; null where there is none.' }) ruleId: string | null;
  @Field(() => ID, { nullable: true, description: 'The line whose amount it is; null for deliveries and sums.' }) lineId: string | null;
  @Field(() => ID, { nullable: true, description: 'The vendor whose delivery or part it is; null for lines and the whole cart.' }) vendorId: string | null;
  @Field(() => Money, { description: 'The amount before this step.' }) before: Money;
  @Field(() => Money, { description: 'The amount after this step.' }) after: Money;
}

/** A promotion that counts. */
@ObjectType({ description: 'A promotion or flash sale that counts in a cart.' })
export class AppliedPromotion {
  @Field(() => ID, { description: 'The promotion, or the flash sale.' }) promotionId: string;
  @Field(() => String, { description: 'What buyers read beside the discount.' }) name: string;
  @Field(() => String, { nullable: true, description: 'The coupon that opened it; null where it needs none.' }) couponCode: string | null;
  @Field(() => Money, { description: 'How much it takes off; zero where it gives a gift.' }) amount: Money;
}

/** What would make something count that only waits to be chosen. */
@ObjectType('WaitsForChoice')
abstract class WaitsForChoice {
  @Field(() => [PaymentChoice], { nullable: true, description: 'The ways to pay that it counts with, where nothing but choices stands in its way; null where it asks for none.' }) payWith: PaymentChoice[] | null;
  @Field(() => [ID], { nullable: true, description: 'The ways of delivery that it counts with, where nothing but choices stands in its way; null where it asks for none.' }) shippingMethodIds: string[] | null;
}

/** A promotion that does not count. */
@ObjectType({ description: 'A promotion that gives nothing to a cart as it is, and why.' })
export class RejectedPromotion extends WaitsForChoice {
  @Field(() => ID, { description: 'The promotion that gives nothing.' }) promotionId: string;
  @Field(() => String, { description: 'What buyers would read beside the discount.' }) name: string;
  @Field(() => PromotionRejectedReason, { description: 'Why it gives nothing, for programs.' }) reason: PromotionRejectedReason;
  @Field(() => Money, { nullable: true, description: 'How much more goods it needs; null where amounts would not help.' }) missing: Money | null;
  @Field(() => Int, { nullable: true, description: 'How many more pieces it needs; null where pieces would not help.' }) missingQuantity: number | null;
}

/** A coupon that counts. */
@ObjectType({ description: 'A coupon that counts in a cart.' })
export class AppliedCoupon {
  @Field(() => String, { description: 'Its code as it is kept, in upper case.' }) code: string;
  @Field(() => Money, { description: 'How much it takes off.' }) amount: Money;
}

/** A coupon that does not count. */
@ObjectType({ description: 'A coupon that gives nothing to a cart as it is, and why.' })
export class RejectedCoupon extends WaitsForChoice {
  @Field(() => String, { description: 'Its code as it is compared, in upper case.' }) code: string;
  @Field(() => CouponRejectedReason, { description: 'Why it gives nothing, for programs.' }) reason: CouponRejectedReason;
  @Field(() => Money, { nullable: true, description: 'How much more goods it needs; null where amounts would not help.' }) missing: Money | null;
  @Field(() => Int, { nullable: true, description: 'How many more pieces it needs; null where pieces would not help.' }) missingQuantity: number | null;
}

/** Free pieces that could be had. */
@ObjectType({ description: 'Free pieces that the cart could hold and does not.' })
export class WantedGift {
  @Field(() => ID, { description: 'The promotion that gives them.' }) promotionId: string;
  @Field(() => ID, { description: 'The offer whose pieces are free.' }) offerId: string;
  @Field(() => Int, { description: 'How many of them the cart lacks.' }) quantity: number;
}

/** A cart's numbers. */
@ObjectType({ description: 'The numbers of a cart: total = subtotal − discount + shipping + taxes that prices do not hold. Lines add up to vendors, vendors to the whole.' })
export class CartTotals {
  @Field(() => [CartLineTotals], { description: 'The lines that have a price, in the order of the cart.' }) lines: CartLineTotals[];
  @Field(() => [CartVendorTotals], { description: "Each vendor's part, in the order of their first lines." }) vendors: CartVendorTotals[];
  @Field(() => Money, { description: 'Goods at unit price, before anything is off.' }) subtotal: Money;
  @Field(() => Money, { description: 'Everything taken off goods and delivery.' }) discount: Money;
  @Field(() => Money, { description: 'Delivery before anything is off; zero until ways are chosen.' }) shipping: Money;
  @Field(() => Money, { description: 'All taxes, those within the prices as well.' }) tax: Money;
  @Field(() => Money, { description: 'What is paid in all, with taxes.' }) total: Money;
  @Field(() => Boolean, { description: 'Whether the prices hold the taxes already.' }) taxIncluded: boolean;
  @Field(() => [PriceTraceRow], { description: 'How the numbers came to be, step by step.' }) priceTrace: PriceTraceRow[];
  @Field(() => [AppliedPromotion], { description: 'Promotions that count, in the order in which they did.' }) appliedPromotions: AppliedPromotion[];
  @Field(() => [RejectedPromotion], { description: 'Promotions that give nothing to the cart as it is, and why.' }) rejectedPromotions: RejectedPromotion[];
  @Field(() => [AppliedCoupon], { description: 'Coupons that count in the cart.' }) appliedCoupons: AppliedCoupon[];
  @Field(() => [RejectedCoupon], { description: 'Coupons that give nothing to the cart as it is, and why.' }) rejectedCoupons: RejectedCoupon[];
  @Field(() => [WantedGift], { description: 'Free pieces that could be put into the cart.' }) gifts: WantedGift[];
  @Field(() => [ID], { description: 'Offers in the cart that have no price and cannot be bought.' }) withoutPrice: string[];
}
