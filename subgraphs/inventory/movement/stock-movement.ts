import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';

/** Why pieces moved. */
export enum StockMovementKind {
  RECEIVED = 'RECEIVED', RESERVED = 'RESERVED', RELEASED = 'RELEASED', ALLOCATED = 'ALLOCATED', DEALLOCATED = 'DEALLOCATED', SHIPPED = 'SHIPPED', RETURNED = 'RETURNED', DAMAGED = 'DAMAGED',
  ADJUSTED = 'ADJUSTED', TRANSFER_OUT = 'TRANSFER_OUT', TRANSFER_IN = 'TRANSFER_IN', COUNTED = 'COUNTED',
}

registerEnumType(StockMovementKind, {
  name: 'StockMovementKind', description: 'Why pieces moved, or were held or let go.',
  valuesConfig: {
    RECEIVED: { description: 'A delivery came in.' }, RESERVED: { description: 'A checkout holds them for a while.' }, RELEASED: { description: 'A checkout gave them back, or its time was over.' },
    ALLOCATED: { description: 'An order was confirmed; they are sold.' }, DEALLOCATED: { description: 'A sold piece will not be sent after all.' }, SHIPPED: { description: 'A parcel took them away.' },
    RETURNED: { description: 'They came back and lie on the shelf again.' }, DAMAGED: { description: 'They were found broken and written off.' }, ADJUSTED: { description: 'Somebody put the number right, with a reason.' },
    TRANSFER_OUT: { description: 'They went to another warehouse.' }, TRANSFER_IN: { description: 'They came from another warehouse.' }, COUNTED: { description: 'A count found another number.' },
  },
});

/** One movement of pieces. Never changed once written. */
@ObjectType({ description: 'One movement of pieces of an offer, as it was written down; never changed afterwards.' })
@Entity({ name: 'stock_movement' })
export class StockMovement extends TenantRow {
  @Field(() => ID, { description: 'Names the movement for good; begins with mov_.' })
  override id: string;

  @Column({ type: 'text' }) offerId: string;
  @Column({ type: 'text' }) warehouseId: string;

  @Field(() => StockMovementKind, { description: 'Why the pieces moved or were held.' })
  @Column({ type: 'text' })
  kind: StockMovementKind;

  @Field(() => Int, { description: 'How many pieces it is about, always positive.' })
  @Column({ type: 'int' })
  quantity: number;

  @Field(() => Int, { description: 'By how much the pieces on the shelf changed; their sum is what lies there.' })
  @Column({ type: 'int' })
  onHandChange: number;

  @Field(() => String, { description: 'What caused it: an order, or the mutation that was called.' })
  @Column({ type: 'text' })
  source: string;

  @Field(() => String, { nullable: true, description: 'Why, in the words of who did it.' })
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'text' }) actor: string;

  @Field(() => DateTime, { description: 'When it was written down, in UTC.' })
  get happenedAt(): Date {
    return this.createdAt;
  }
}
