import { Money } from '@haat/kit/money';
import { PaymentChoice } from '@haat/kit/shared-types';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { SavedPaymentMethod } from '../saved-method/saved-method.type.js';

/** A vendor's part of others' cart, as far as it is asked what it is worth. */
@ObjectType('CartGroup')
@Directive('@key(fields: "id", resolvable: false)')
export class CartGroup {
  @Field(() => ID) id: string;
  @Field(() => Money, { nullable: true }) @Directive('@external') subtotal?: { readonly minor: number; readonly currency: string } | null;
}

/** Others' cart, which we say of how it can be paid. */
@ObjectType('Cart')
@Directive('@key(fields: "id")')
export class Cart {
  @Field(() => ID) id: string;
  @Field(() => [CartGroup]) @Directive('@external') groups: (CartGroup | null)[];
}

/** What of a cart its ways to pay depend on. */
export const paymentMethodsRequire = 'groups { id subtotal { minor currency } }';

/** A way to pay. */
@ObjectType({ description: 'A way to pay for a cart, and whether it can be taken.' })
export class PaymentOption {
  @Field(() => PaymentChoice, { description: 'What placeOrder is told to pay with.' }) choice: PaymentChoice;
  @Field(() => Boolean, { description: 'Whether this cart can be paid so now.' }) available: boolean;
  @Field(() => String, { nullable: true, description: 'Why it cannot, in a sentence for people.' }) why: string | null;
  @Field(() => [SavedPaymentMethod], { description: 'What the viewer saved and can pay with so.' }) savedMethods: SavedPaymentMethod[];
}
