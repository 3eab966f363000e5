import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { VendorOrderFact } from './vendor-order-fact.row.js';

/** A vendor's part of an order; orders owns it, and we say what was sent of it. */
@ObjectType()
@Directive('@key(fields: "id")')
export class VendorOrder {
  @Field(() => ID) id: string;

  static of({ id }: Pick<VendorOrderFact, 'id'>): VendorOrder {
    return Object.assign(new VendorOrder(), { id });
  }
}

/** A line as it was bought; orders knows it. */
@ObjectType()
@Directive('@key(fields: "id", resolvable: false)')
export class OrderLine {
  @Field(() => ID) id: string;
}
