import { Money } from '@haat/kit/money';
import { Address, Contact } from '@haat/kit/shared-types';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

/** Others' lines, as far as they are priced. */
@ObjectType('CartLine')
@Directive('@external')
export class CartLine {
  @Field(() => ID) id: string;
  @Field(() => ID) offerId: string;
  @Field(() => Int) quantity: number;
}

/** Others' way to send one vendor's goods, as far as it costs something. */
@ObjectType('ShippingOption')
@Directive('@external')
export class ShippingOption {
  @Field(() => Money) price: Money;
}

/** A vendor's part of others' cart, which we give what its goods are worth. */
@ObjectType('CartGroup')
@Directive('@key(fields: "id")')
export class CartGroup {
  @Field(() => ID) id: string;
  @Field(() => [CartLine]) @Directive('@external') lines: CartLine[];
  @Field(() => Address, { nullable: true }) @Directive('@external') destination?: Address | null;
  @Field(() => ID) @Directive('@external') vendorId: string;
  @Field(() => ID, { nullable: true }) @Directive('@external') chosenShippingMethodId?: string | null;
  @Field(() => ShippingOption, { nullable: true }) @Directive('@external') chosenShipping?: ShippingOption | null;
}

/** Others' cart, which we give its numbers. */
@ObjectType('Cart')
@Directive('@key(fields: "id")')
export class Cart {
  @Field(() => ID) id: string;
  @Field(() => [CartLine]) @Directive('@external') lines: CartLine[];
  @Field(() => [CartGroup]) @Directive('@external') groups: CartGroup[];
  @Field(() => [String]) @Directive('@external') couponCodes: string[];
  @Field(() => Address, { nullable: true }) @Directive('@external') shippingAddress?: Address | null;
  @Field(() => Contact, { nullable: true }) @Directive('@external') contact?: Contact | null;
}

/** What of a cart its totals are computed from. */
export const totalsRequire = 'lines { id offerId quantity } couponCodes shippingAddress { country region city district postalCode } contact { email phone } groups { id vendorId chosenShippingMethodId chosenShipping { price { minor currency } } }';

/** What of a vendor's part its subtotal is computed from. */
export const subtotalRequires = 'lines { id offerId quantity } destination { country region city district postalCode }';
