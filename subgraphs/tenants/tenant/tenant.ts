import { Cached } from '@haat/kit/cached';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { CurrencyCode, Locale } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';

/** Whether a marketplace serves. */
export enum TenantStatus { OPEN = 'OPEN', SUSPENDED = 'SUSPENDED', CLOSED = 'CLOSED' }

registerEnumType(TenantStatus, {
  name: 'TenantStatus',
  description: 'Whether a marketplace serves its shoppers.',
  valuesConfig: {
    OPEN: { description: 'Serves everybody as usual.' },
    SUSPENDED: { description: 'Stopped by the platform for a while; nothing is lost and it can be resumed.' },
    CLOSED: { description: 'Ended for good; its slug stays taken.' },
  },
});

/** A marketplace and its boundary. Its row belongs to itself: `tenant_id` is its own id. */
@ObjectType({ description: 'A marketplace: its own shoppers, vendors, money and data, walled off from every other.' })
@Directive('@key(fields: "id")')
@Cached(60)
@Entity({ name: 'tenant' })
export class Tenant extends TenantRow {
  @Field(() => ID, { description: 'Names the marketplace in every event and signed context; begins with ten_.' })
  override id!: string;

  @Field(() => String, { description: 'Short name in addresses, 3 to 40 of a-z, 0-9 and hyphen; never changes.' })
  @Column({ type: 'text' })
  slug: string;

  @Field(() => String, { description: 'What people call the marketplace, 1 to 120 characters.' })
  @Column({ type: 'text' })
  name: string;

  @Field(() => TenantStatus, { description: 'Whether the marketplace serves its shoppers now.' })
  @Column({ type: 'text' })
  status: TenantStatus;

  @Field(() => CurrencyCode, { description: 'Currency of every cart and order here; fixed when the marketplace is opened.' })
  @Column({ type: 'text' })
  currency: string;

  /** BCP 47; the first is the default one. */
  @Column({ type: 'text', array: true })
  locales: string[];

  @Field(() => String, { description: 'IANA name of the time zone in which days begin and end here.' })
  @Column({ type: 'text' })
  timeZone: string;

  /** A key of plan/plans.ts. */
  @Column({ type: 'text' })
  planKey: string;

  @Field(() => Locale, { description: 'Language used when the client asks for none of those spoken here.' })
  get locale(): string {
    return this.locales[0] ?? 'en';
  }
}
