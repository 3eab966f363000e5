import { DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { VendorRole, type VendorGrant } from './vendor-role.js';

/** Whether somebody works for a vendor. */
export enum VendorMemberStatus { INVITED = 'INVITED', ACTIVE = 'ACTIVE', REMOVED = 'REMOVED' }

registerEnumType(VendorMemberStatus, {
  name: 'VendorMemberStatus',
  description: 'Whether somebody works for a vendor.',
  valuesConfig: {
    INVITED: { description: 'Was sent an invitation and has not accepted yet.' },
    ACTIVE: { description: 'Works for the vendor now.' },
    REMOVED: { description: 'Worked for the vendor, or was invited in vain.' },
  },
});

/** A person. identity has the rest of it. */
@ObjectType('User')
@Directive('@key(fields: "id", resolvable: false)')
export class UserStub {
  @Field(() => ID)
  id: string;
}

/** Somebody who works for a vendor, or was asked to. */
@ObjectType({ description: 'Somebody who works for a vendor, or was invited to.' })
@Entity({ name: 'vendor_member' })
export class VendorMember extends TenantRow {
  @Field(() => ID, { description: 'Names the membership; begins with vmem_.' })
  override id: string;

  @Column({ type: 'text' })
  vendorId: string;

  /** Null until an invitation is accepted. */
  @Column({ type: 'text', nullable: true })
  userId: string | null;

  /** Where the invitation went; forgotten when it is accepted or withdrawn. */
  @Field(() => String, { nullable: true, description: 'Where the invitation was sent; null once it was accepted.' })
  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Field(() => String, { nullable: true, description: 'How the invitation called the person, if it did.' })
  @Column({ type: 'text', nullable: true })
  name: string | null;

  @Field(() => VendorRole, { description: 'The template that the rights were taken from.' })
  @Column({ type: 'text' })
  role: VendorRole;

  @Field(() => [String], { description: 'Rights held at this vendor, such as orders.manage.' })
  @Column({ type: 'text', array: true })
  grants: VendorGrant[];

  @Field(() => VendorMemberStatus, { description: 'Whether the person works for the vendor now.' })
  @Column({ type: 'text' })
  status: VendorMemberStatus;

  /** The member who invited them; null where an operator did, who needs no right at the vendor. */
  @Column({ type: 'text', nullable: true })
  invitedBy: string | null;

  @Column({ type: 'text', nullable: true })
  secretHash: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when the invitation can be accepted; null once it was.' })
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the person began to work for the vendor.' })
  @Column({ type: 'timestamptz', nullable: true })
  joinedAt: Date | null;

  @Field(() => UserStub, { nullable: true, description: 'The person; null until the invitation is accepted.' })
  get user(): UserStub | null {
    return this.userId === null ? null : { id: this.userId };
  }
}
