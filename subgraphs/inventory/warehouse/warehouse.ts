import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { CountryCode, DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';

/** Who sells from it; vendors knows it. */
@ObjectType()
@Directive('@key(fields: "id", resolvable: false)')
export class Vendor {
  @Field(() => ID) id: string;
}

/** A place where pieces lie: a vendor's, or the marketplace's own for all vendors. */
@ObjectType({ description: 'A place where goods lie: one vendor\'s, or the marketplace\'s own, which keeps goods of all vendors.' })
@Directive('@key(fields: "id")')
@Entity({ name: 'warehouse' })
export class Warehouse extends TenantRow {
  @Field(() => ID, { description: 'Names the warehouse everywhere; begins with wh_.' })
  override id: string;

  @Column({ type: 'text', nullable: true })
  vendorId: string | null;

  @Field(() => String, { description: 'What people call it, 1 to 120 characters.' })
  @Column({ type: 'text' })
  name: string;

  @Field(() => [CountryCode], { description: 'Countries it sends to; empty means all of them.' })
  @Column({ type: 'text', array: true })
  countries: string[];

  @Field(() => Int, { description: 'Lower comes first where several warehouses could give the goods, 0 to 1000.' })
  @Column({ type: 'int' })
  priority: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was closed; nothing is sold from it since then.' })
  @Column({ type: 'timestamptz', nullable: true })
  closedAt: Date | null;

  @Field(() => Vendor, { nullable: true, description: 'The vendor it belongs to; null where it is the marketplace\'s own.' })
  get vendor(): Vendor | null {
    return this.vendorId === null ? null : Object.assign(new Vendor(), { id: this.vendorId });
  }
}
