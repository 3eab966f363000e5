import { Address } from '@haat/kit/shared-types';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** The row of a saved address. The type is another shape: there the address is an object of its own. */
@Entity({ name: 'saved_address' })
export class SavedAddressRow extends TenantRow {
  @Column({ type: 'text' })
  userId: string;

  @Column({ type: 'text', nullable: true })
  label: string | null;

  @Column({ type: 'boolean' })
  isDefault: boolean;

  @Column({ type: 'jsonb' })
  address: Address;
}

/** An address a person keeps for the next order. */
@ObjectType({ description: 'An address that a person keeps for later orders.' })
export class SavedAddress {
  @Field(() => ID, { description: 'Names the saved address; begins with adr_.' })
  id: string;

  @Field(() => Address, { description: 'The postal address that is kept.' })
  address: Address;

  @Field(() => Boolean, { description: 'Whether it is offered first; at most one is.' })
  isDefault: boolean;

  @Field(() => String, { nullable: true, description: 'The person\'s own word for it, such as home.' })
  label: string | null;

  static of(row: SavedAddressRow): SavedAddress {
    return Object.assign(new SavedAddress(), { id: row.id, address: Object.assign(new Address(), row.address), isDefault: row.isDefault, label: row.label });
  }
}
