import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Money } from '@haat/kit/money';
import { DateTime } from '@haat/kit/scalars';
import { Address, Contact, SelectedOption } from '@haat/kit/shared-types';
import type { Totals } from '@haat/schema/parts';
import { OrderActor, VendorOrderStatus } from './order-enums.js';
import { User, Vendor } from './orders-of.js';
import type { OrderEventRow, OrderLineRow, OrderRow, VendorOrderRow } from './order.row.js';

/** What was bought; catalog knows it. */
@ObjectType()
@Directive('@key(fields: "id", resolvable: false)')
export class Offer {
  @Field(() => ID) id: string;
}

/** The sums of an order or one vendor's part of it. */
@ObjectType({ description: 'The sums of an order, or of one vendor\'s part of it, as they were when it was placed.' })
export class OrderTotals {
  @Field(() => Money, { description: 'Goods at unit price times quantity.' }) subtotal: Money;
  @Field(() => Money, { description: 'Everything taken off goods and shipping.' }) discount: Money;
  @Field(() => Money, { description: 'Shipping before what was taken off.' }) shipping: Money;
  @Field(() => Money, { description: 'All taxes, those within the prices as well.' }) tax: Money;
  @Field(() => Money, { description: 'What is paid in all.' }) total: Money;

  static of({ subtotalMinor, discountMinor, shippingMinor, taxMinor, totalMinor }: Totals, currency: string): OrderTotals {
    const money = (minor: number): Money => Money.of(minor, currency);
    return Object.assign(new OrderTotals(), { subtotal: money(subtotalMinor), discount: money(discountMinor), shipping: money(shippingMinor), tax: money(taxMinor), total: money(totalMinor) });
  }
}

/** A line as it was bought. */
@ObjectType({ description: 'Pieces of one offer as they were bought: name, price and tax of that moment.' })
@Directive('@key(fields: "id")')
export class OrderLine {
  @Field(() => ID, { description: 'Names the line everywhere; begins with oline_.' }) id: string;
  @Field(() => String, { description: 'What it was called when it was bought.' }) title: string;
  @Field(() => String, { description: 'The stock keeping unit of the variant.' }) sku: string;
  @Field(() => [SelectedOption], { description: 'The choices that told the variant from its siblings.' }) options: SelectedOption[];
  @Field(() => Int, { description: 'How many pieces were bought.' }) quantity: number;
  @Field(() => Int, { description: 'How many of them are not sent after all, or came back before anybody took them; what was paid for them goes back.' }) cancelledQuantity: number;
  @Field(() => Money, { description: 'The price of one piece before discounts.' }) unitPrice: Money;
  @Field(() => Money, { description: 'Everything taken off the whole line.' }) discount: Money;
  @Field(() => Money, { description: 'All taxes of the whole line.' }) tax: Money;
  @Field(() => Money, { description: 'What is paid for the whole line.' }) total: Money;

  readonly row: OrderLineRow;

  @Field(() => Offer, { nullable: true, description: 'The offer itself; null where it is gone or cannot be read.' })
  get offer(): Offer {
    return Object.assign(new Offer(), { id: this.row.offerId });
  }

  static of(row: OrderLineRow, currency: string): OrderLine {
    const { id, title, sku, options, quantity, cancelled: cancelledQuantity, unitPriceMinor, discountMinor, taxMinor, totalMinor } = row;
    const money = (minor: number): Money => Money.of(minor, currency);
    return Object.assign(new OrderLine(), {
      row, id, title, sku, quantity, cancelledQuantity, options: options.map((option) => Object.assign(new SelectedOption(), option)), unitPrice: money(unitPriceMinor), discount: money(discountMinor), tax: money(taxMinor), total: money(totalMinor),
    });
  }
}

/** Something that happened to an order. */
@ObjectType({ description: 'Something that happened to an order or a part of it, and why.' })
export class OrderEvent {
  @Field(() => ID, { description: 'Names the entry; begins with oev_.' }) id: string;
  @Field(() => String, { description: 'What happened: PLACED, or the name of a move such as accept or cancel.' }) kind: string;
  @Field(() => OrderActor, { nullable: true, description: 'As whom somebody did it; null where that was not kept.' }) by: OrderActor | null;
  @Field(() => String, { nullable: true, description: 'Why, in the words of who did it.' }) reason: string | null;
  @Field(() => String, { nullable: true, description: 'The status before, where it changed.' }) stateBefore: string | null;
  @Field(() => String, { nullable: true, description: 'The status afterwards, where it changed.' }) stateAfter: string | null;
  @Field(() => DateTime, { description: 'When it happened, in UTC.' }) happenedAt: Date;

  static of({ id, kind, doneBy, reason, stateBefore, stateAfter, happenedAt }: OrderEventRow): OrderEvent {
    return Object.assign(new OrderEvent(), { id, kind, by: doneBy && OrderActor[doneBy], reason, stateBefore, stateAfter, happenedAt });
  }
}

/** What the marketplace keeps of a sale. */
@ObjectType({ description: 'What the marketplace keeps of a sale, frozen when it was placed.' })
export class Commission {
  @Field(() => Money, { description: 'The commission without tax.' }) net: Money;
  @Field(() => Money, { description: 'What the tax office takes of it, on top of the net.' }) tax: Money;
}

/** The part of one vendor as it is seen. */
@ObjectType({ description: 'The part of an order that one vendor sends. Its merchants see it, its buyer and the operators.' })
@Directive('@key(fields: "id")')
export class VendorOrder {
  @Field(() => ID, { description: 'Names the part everywhere; begins with vord_.' }) id: string;
  @Field(() => String, { description: 'The number in the vendor\'s own series.' }) number: string;
  @Field(() => DateTime, { description: 'When the order was placed, in UTC.' }) placedAt: Date;
  @Field(() => DateTime, { description: 'When anything of it changed last, in UTC.' }) updatedAt: Date;
  @Field(() => VendorOrderStatus, { description: 'Where this part is on its way.' }) status: VendorOrderStatus;
  @Field(() => String, { description: 'What the vendor was called when it was sold.' }) vendorName: string;

  readonly row: VendorOrderRow;

  @Field(() => Vendor, { nullable: true, description: 'The vendor itself; null where it cannot be read.' })
  get vendor(): Vendor {
    return Object.assign(new Vendor(), { id: this.row.vendorId });
  }

  static of(row: VendorOrderRow): VendorOrder {
    const { id, number, placedAt, updatedAt, status, vendorName } = row;
    return Object.assign(new VendorOrder(), { row, id, number, placedAt, updatedAt, status: VendorOrderStatus[status], vendorName });
  }
}

/** An order as its buyer sees it. */
@ObjectType({ description: 'What somebody placed, of one or several vendors. Its buyer sees it, and the operators.' })
@Directive('@key(fields: "id")')
export class Order {
  @Field(() => ID, { description: 'Names the order everywhere; begins with ord_.' }) id: string;
  @Field(() => String, { description: 'The number that people use, in the marketplace\'s own series.' }) number: string;
  @Field(() => DateTime, { description: 'When it was placed, in UTC.' }) placedAt: Date;
  @Field(() => OrderTotals, { description: 'The sums of the whole order.' }) totals: OrderTotals;
  @Field(() => Address, { description: 'Where the goods go.' }) shippingAddress: Address;
  @Field(() => Contact, { description: 'How the buyer is reached; says nothing once the buyer was erased.' }) contact: Contact;
  @Field(() => String, { nullable: true, description: 'The buyer\'s word to the vendors.' }) note: string | null;

  readonly row: OrderRow;

  @Field(() => User, { nullable: true, description: 'The buyer, where they have an account.' })
  get buyer(): User | null {
    return this.row.userId === null ? null : Object.assign(new User(), { id: this.row.userId });
  }

  static of(row: OrderRow): Order {
    const { id, number, placedAt, totals, currency, shippingAddress, contact, note } = row;
    return Object.assign(new Order(), {
      row, id, number, placedAt, note, totals: OrderTotals.of(totals, currency), shippingAddress: Object.assign(new Address(), shippingAddress), contact: Object.assign(new Contact(), contact),
    });
  }
}

