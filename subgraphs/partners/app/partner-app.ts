import { DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** Whether a program may come in. */
export enum PartnerStatus { ACTIVE = 'ACTIVE', SUSPENDED = 'SUSPENDED', REVOKED = 'REVOKED' }

registerEnumType(PartnerStatus, {
  name: 'PartnerStatus',
  description: 'Whether a partner\'s program may come in.',
  valuesConfig: {
    ACTIVE: { description: 'Its tokens are let in.' },
    SUSPENDED: { description: 'Its tokens are refused until it is resumed.' },
    REVOKED: { description: 'Its tokens are refused for good.' },
  },
});

/** Whose shop it works for; vendors knows it. */
@ObjectType()
@Directive('@key(fields: "id", resolvable: false)')
export class Vendor {
  @Field(() => ID) id: string;
}

/** How much a program may ask for. */
@ObjectType({ description: 'How much a partner\'s program may ask for, in points of the API\'s cost.' })
export class PartnerQuota {
  @Field(() => Int, { description: 'Points that may be spent in one burst, and flow back evenly within a minute.' }) pointsPerMinute: number;
  @Field(() => Int, { description: 'Points that may be spent between two midnights of UTC.' }) pointsPerDay: number;
  @Field(() => Int, { description: 'An operation that can never cost more than this is approved by itself; 0 for none.' }) approvesBelow: number;
}

/** A program of another company that works with this marketplace. */
@ObjectType({ description: 'A program of another company, held to the operations it registered and to a quota.' })
@Directive('@key(fields: "id")')
@Entity({ name: 'partner_app' })
export class PartnerApp extends TenantRow {
  @Field(() => ID, { description: 'Names the program, for createApiToken among others; begins with pap_.' })
  override id: string;

  @Field(() => String, { description: 'What people call the program, 1 to 80 characters; no other here has it.' })
  @Column({ type: 'text' })
  name: string;

  @Field(() => String, { description: 'Where its makers are reached when something is wrong.' })
  @Column({ type: 'text' })
  contactEmail: string;

  @Column({ type: 'text', nullable: true })
  vendorId: string | null;

  @Field(() => PartnerStatus, { description: 'Whether the program\'s tokens are let in.' })
  @Column({ type: 'text' })
  status: PartnerStatus;

  @Field(() => String, { nullable: true, description: 'Why it was suspended or revoked, in the operator\'s words.' })
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'int' })
  pointsPerMinute: number;

  @Column({ type: 'int' })
  pointsPerDay: number;

  @Column({ type: 'int' })
  approvesBelow: number;

  @Field(() => DateTime, { description: 'When it was registered, in UTC.' })
  override createdAt: Date;

  @Field(() => Vendor, { nullable: true, description: 'The only vendor whose goods and orders its tokens reach; null for the whole marketplace.' })
  get vendor(): Vendor | null {
    return this.vendorId === null ? null : Object.assign(new Vendor(), { id: this.vendorId });
  }

  @Field(() => PartnerQuota, { description: 'How much the program may ask for.' })
  get quota(): PartnerQuota {
    const { pointsPerMinute, pointsPerDay, approvesBelow } = this;
    return Object.assign(new PartnerQuota(), { pointsPerMinute, pointsPerDay, approvesBelow });
  }
}
