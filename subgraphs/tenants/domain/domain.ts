import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { Allow } from '@haat/kit/access';
import { DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';

/** How far a host name is on its way to serving. */
export enum DomainStatus { PENDING_DNS = 'PENDING_DNS', ACTIVE = 'ACTIVE' }

registerEnumType(DomainStatus, {
  name: 'DomainStatus',
  description: 'How far a host name is on its way to serving the marketplace.',
  valuesConfig: {
    PENDING_DNS: { description: 'The verification record has not been seen in DNS yet.' },
    ACTIVE: { description: 'Ownership is proved; requests for this host reach the marketplace.' },
  },
});

/** How often the record of a host that serves is looked for again, in milliseconds. */
export const checkEveryMs = 86_400_000;

/** A host name that a tenant claims. Several tenants may claim one; the first to prove it has it. */
@ObjectType({ description: 'A host name of the marketplace\'s own, such as shop.example.com.' })
@Entity({ name: 'domain' })
export class Domain extends TenantRow {
  @Field(() => ID, { description: 'Names the claim on the host; begins with dom_.' })
  override id!: string;

  @Field(() => String, { description: 'The host name in lower case ASCII, at most 253 characters, without port.' })
  @Column({ type: 'text' })
  host: string;

  @Field(() => DomainStatus, { description: 'Whether requests for this host are served already.' })
  @Column({ type: 'text' })
  status: DomainStatus;

  @Column({ type: 'text' })
  token: string;

  @Field(() => DateTime, { nullable: true, description: 'When the verification record was seen in DNS; null before that.' })
  @Column({ type: 'timestamptz', nullable: true })
  verifiedAt: Date | null;

  /** When its record is looked for next, while it serves. */
  @Column({ type: 'timestamptz', nullable: true })
  checksAt: Date | null;

  @Allow('OPERATOR', 'PLATFORM')
  @Field(() => DateTime, { nullable: true, description: 'Since when DNS does not show the record of a host that serves; after 14 days it serves no more. Operators only.' })
  @Column({ type: 'timestamptz', nullable: true })
  missingSince: Date | null;

  @Allow('OPERATOR', 'PLATFORM')
  @Field(() => String, { nullable: true, description: 'Name of the TXT record to create, and to keep while the host serves; operators only.' })
  get recordName(): string {
    return `_haat-verification.${this.host}`;
  }

  @Allow('OPERATOR', 'PLATFORM')
  @Field(() => String, { nullable: true, description: 'Text of the TXT record to create; operators only.' })
  get recordValue(): string {
    return `haat-verification=${this.token}`;
  }
}
