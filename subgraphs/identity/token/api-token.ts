import { DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** Whose program a token is for. */
export enum ApiTokenKind { PARTNER = 'PARTNER', MACHINE = 'MACHINE' }

registerEnumType(ApiTokenKind, {
  name: 'ApiTokenKind',
  description: 'Whose program an API token is for.',
  valuesConfig: {
    PARTNER: { description: 'A program of another company, which calls registered operations only.' },
    MACHINE: { description: 'A program of the marketplace\'s own, such as an import.' },
  },
});

/** The program of a partner; partners knows it. */
@ObjectType()
@Directive('@key(fields: "id", resolvable: false)')
export class PartnerApp {
  @Field(() => ID) id: string;
}

/** What a program shows instead of a person's access token. Only its hash is kept. */
@ObjectType({ description: 'A token for a program; its secret is shown once, when it is made.' })
@Entity({ name: 'api_token' })
export class ApiToken extends TenantRow {
  @Field(() => ID, { description: 'Names the token, for revokeApiToken; begins with tok_.' })
  override id: string;

  @Field(() => String, { description: 'What people call the token, 1 to 80 characters.' })
  @Column({ type: 'text' })
  name: string;

  @Field(() => ApiTokenKind, { description: 'Whose program the token is for.' })
  @Column({ type: 'text' })
  kind: ApiTokenKind;

  @Field(() => [String], { description: 'Rights of the token, such as orders.manage; it has no others.' })
  @Column({ type: 'text', array: true })
  grants: string[];

  @Field(() => [String], { description: 'Network addresses and blocks (CIDR) it may be shown from; from anywhere where there is none.' })
  @Column({ type: 'text', array: true })
  allowedAddresses: string[];

  @Field(() => DateTime, { nullable: true, description: 'When the token stops being good by itself; null for never.' })
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the token was revoked; null while it is good.' })
  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the token was last used, to about five minutes.' })
  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;

  @Field(() => DateTime, { description: 'When the token was made, in UTC.' })
  override createdAt: Date;

  @Field(() => PartnerApp, { nullable: true, description: 'The partner\'s program whose operations and quota it is held to; null for none.' })
  get partnerApp(): PartnerApp | null {
    return this.partnerAppId === null ? null : Object.assign(new PartnerApp(), { id: this.partnerAppId });
  }

  @Column({ type: 'text' })
  hash: string;

  @Column({ type: 'text', nullable: true })
  partnerAppId: string | null;

  @Column({ type: 'text', nullable: true })
  vendorId: string | null;

  @Column({ type: 'text', nullable: true })
  createdBy: string | null;
}
