import { Money } from '@haat/kit/money';
import { DateTime } from '@haat/kit/scalars';
import { Address } from '@haat/kit/shared-types';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import type { FoundOption } from '../quote/find-options.js';
import { ShippingMethod } from '../zone/zone.type.js';

/** Others' lines, as far as they weigh something. */
@ObjectType('CartLine')
@Directive('@external')
export class CartLine {
  @Field(() => ID) offerId: string;
  @Field(() => Int) quantity: number;
}

/** A vendor's part of others' cart, which we give the ways to send it. */
@ObjectType('CartGroup')
@Directive('@key(fields: "id")')
export class CartGroup {
  @Field(() => ID) id: string;
  @Field(() => ID) @Directive('@external') vendorId: string;
  @Field(() => [CartLine]) @Directive('@external') lines: CartLine[];
  @Field(() => Address, { nullable: true }) @Directive('@external') destination?: Address | null;
  @Field(() => Money, { nullable: true }) @Directive('@external') subtotal?: Money | null;
  @Field(() => ID, { nullable: true }) @Directive('@external') chosenShippingMethodId?: string | null;
}

/** What of a vendor's part the ways to send it follow from. The same text for both fields: one fetch instead of two. */
export const optionsRequire = 'vendorId lines { offerId quantity } destination { country region city district postalCode } subtotal { minor currency } chosenShippingMethodId';

/** A way to send one vendor's goods. */
@ObjectType({ description: 'A way to send one vendor\'s goods, with its price before discounts and added taxes.' })
export class ShippingOption {
  @Field(() => ShippingMethod, { description: 'The way itself; chosen by its id.' }) method: ShippingMethod;
  @Field(() => Money, { description: 'What the delivery costs, before anything is off.' }) price: Money;
  @Field(() => DateTime, { nullable: true, description: 'When it arrives at the latest; null where nobody promises.' }) deliverBy: Date | null;
  @Field(() => ID, { description: 'The vendor whose goods are sent.' }) vendorId: string;

  static of({ method, amountMinor, deliverBy }: FoundOption, vendorId: string, currency: string): ShippingOption {
    return Object.assign(new ShippingOption(), { method: ShippingMethod.of(method, currency), price: Money.of(amountMinor, currency), deliverBy, vendorId });
  }
}
