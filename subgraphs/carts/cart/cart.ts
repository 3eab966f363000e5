import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '@haat/kit/scalars';
import { Address, Contact } from '@haat/kit/shared-types';
import type { CartGroupRow, CartLineRow, CartRow } from './cart.row.js';

/** What is offered; catalog knows it. */
@ObjectType()
@Directive('@key(fields: "id", resolvable: false)')
export class Offer {
  @Field(() => ID) id: string;
}

/** Who offers it; vendors knows it. */
@ObjectType()
@Directive('@key(fields: "id", resolvable: false)')
export class Vendor {
  @Field(() => ID) id: string;
}

/** Pieces of one offer. */
@ObjectType({ description: 'Pieces of one offer in a cart; an offer is in one line only.' })
export class CartLine {
  @Field(() => ID, { description: 'Names the line in its cart; begins with line_.' }) id: string;
  @Field(() => ID, { description: 'The offer that is in the cart; stays when the offer is gone.' }) offerId: string;
  @Field(() => Int, { description: 'How many pieces, from 1 up to what the offer allows.' }) quantity: number;
  @Field(() => DateTime, { description: 'When the offer was put into the cart first.' }) addedAt: Date;

  @Field(() => Offer, { nullable: true, description: 'The offer itself; null where it is gone or cannot be read.' })
  get offer(): Offer {
    return Object.assign(new Offer(), { id: this.offerId });
  }

  static of({ id, offerId, quantity, addedAt }: CartLineRow): CartLine {
    return Object.assign(new CartLine(), { id, offerId, quantity, addedAt: new Date(addedAt) });
  }
}

/** The goods of one vendor: sent together. */
@ObjectType({ description: 'The goods of one vendor in a cart, which are sent together.' })
@Directive('@key(fields: "id")')
export class CartGroup {
  @Field(() => ID, { description: 'Names the group; begins with grp_.' }) id: string;
  @Field(() => ID, { description: 'The vendor whose goods these are.' }) vendorId: string;
  @Field(() => [CartLine], { description: 'The lines of this vendor, in the order they were added.' }) lines: CartLine[];
  @Field(() => Address, { nullable: true, description: 'Where the goods go; null until an address is set.' }) destination: Address | null;
  @Field(() => ID, { nullable: true, description: 'The way of shipping that was chosen; null until one is.' }) chosenShippingMethodId: string | null;

  @Field(() => Vendor, { nullable: true, description: 'The vendor itself; null where it cannot be read.' })
  get vendor(): Vendor {
    return Object.assign(new Vendor(), { id: this.vendorId });
  }

  static of(group: CartGroupRow, { lines, shippingAddress }: CartRow): CartGroup {
    const own = lines.filter(({ vendorId }) => vendorId === group.vendorId);
    return Object.assign(new CartGroup(), {
      id: group.id, vendorId: group.vendorId, lines: own.map(CartLine.of), destination: addressOf(shippingAddress), chosenShippingMethodId: group.shippingMethodId,
    });
  }
}

/** A cart as its owner sees it. */
@ObjectType({ description: 'What somebody is about to buy, of one or several vendors. Its owner alone sees it.' })
@Directive('@key(fields: "id")')
export class Cart {
  @Field(() => ID, { description: 'Names the cart; begins with cart_.' }) id: string;
  @Field(() => [CartLine], { description: 'Everything in the cart, at most 100 lines, in the order it was added.' }) lines: CartLine[];
  @Field(() => [CartGroup], { description: 'The same lines by vendor, in the order the vendors came in.' }) groups: CartGroup[];
  @Field(() => [String], { description: 'Coupon codes to be redeemed with the order, at most 10.' }) couponCodes: readonly string[];
  @Field(() => Contact, { nullable: true, description: 'How the buyer is reached; needed before an order can be placed.' }) contact: Contact | null;
  @Field(() => Address, { nullable: true, description: 'Where the goods go; needed before an order can be placed.' }) shippingAddress: Address | null;
  @Field(() => Address, { nullable: true, description: 'Where the invoice goes; the shipping address unless another one was set.' }) billingAddress: Address | null;
  @Field(() => String, { nullable: true, description: 'A word to the vendors, at most 500 characters.' }) note: string | null;
  @Field(() => Int, { description: 'Grows with each change of the cart.' }) version: number;
  @Field(() => DateTime, { description: 'When the cart is given up unless it is touched before.' }) expiresAt: Date;

  readonly row: CartRow;

  static of(row: CartRow): Cart {
    return Object.assign(new Cart(), {
      id: row.id, lines: row.lines.map(CartLine.of), groups: row.groups.map((group) => CartGroup.of(group, row)), couponCodes: row.couponCodes,
      contact: row.contact && Object.assign(new Contact(), row.contact), shippingAddress: addressOf(row.shippingAddress), billingAddress: addressOf(row.billingAddress ?? row.shippingAddress),
      note: row.note, version: row.version, expiresAt: row.expiresAt, row,
    });
  }
}

function addressOf(address: CartRow['shippingAddress']): Address | null {
  return address && Object.assign(new Address(), address);
}
