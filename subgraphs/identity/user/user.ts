import { Allow } from '@haat/kit/access';
import { DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import type { Role } from '@haat/kit/identity';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** Whether an account can be used. */
export type UserStatus = 'ACTIVE' | 'DISABLED' | 'ERASED';

/** A fact an integration keeps; private ones are for staff and API tokens. */
export interface StoredMetadata {
  readonly key: string;
  readonly value: string;
  readonly isPrivate: boolean;
}

/** A vendor that a person works for, with the rights held there. */
export interface HeldVendor {
  readonly id: string;
  readonly memberId: string;
  readonly grants: readonly string[];
}

/** A person in one tenant. The same e-mail in two tenants is two people. */
@ObjectType({ description: 'A person in one marketplace; the same e-mail in another marketplace is another person.' })
@Directive('@key(fields: "id")')
@Entity({ name: 'user_account' })
export class User extends TenantRow {
  @Field(() => ID, { description: 'Names the person everywhere; begins with usr_.' })
  override id: string;

  /** Normalised: see email-address.ts. Null once erased. */
  @Allow({ self: 'id' }, 'OPERATOR', 'PLATFORM', 'SYSTEM')
  @Field(() => String, { nullable: true, description: 'E-mail address; for the person and operators only.' })
  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Allow({ self: 'id' }, 'OPERATOR', 'PLATFORM', 'SYSTEM')
  @Field(() => String, { nullable: true, description: 'Telephone number in E.164 form; for the person and operators only.' })
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Field(() => String, { nullable: true, description: 'How the person wants to be called, at most 120 characters.' })
  @Column({ type: 'text', nullable: true })
  name: string | null;

  @Allow({ self: 'id' }, 'OPERATOR', 'PLATFORM', 'SYSTEM')
  @Field(() => DateTime, { nullable: true, description: 'When the e-mail address was proved; null until then.' })
  @Column({ type: 'timestamptz', nullable: true })
  emailVerifiedAt: Date | null;

  @Field(() => DateTime, { description: 'When the account was made, in UTC.' })
  override createdAt: Date;

  /** PHC string of argon2id; null until a password is chosen. */
  @Column({ type: 'text', nullable: true, select: true })
  passwordHash: string | null;

  @Column({ type: 'text' })
  status: UserStatus;

  @Column({ type: 'text', array: true })
  roles: Role[];

  @Column({ type: 'text', array: true })
  grants: string[];

  /** As vendors says it. */
  @Column({ type: 'jsonb' })
  vendors: HeldVendor[];

  @Column({ type: 'text' })
  locale: string;

  @Column({ type: 'boolean' })
  wantsMarketing: boolean;

  @Column({ type: 'jsonb' })
  storedMetadata: StoredMetadata[];
}
