import { Cached } from '@haat/kit/cached';
import { Allow } from '@haat/kit/access';
import { minorColumn } from '@haat/kit/money';
import { DateTime } from '@haat/kit/scalars';
import type { AddressInput } from '@haat/kit/shared-types';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { VendorStatus } from './vendor-status.js';

/** How often a vendor's earnings are paid out. */
export enum PayoutInterval { DAILY = 'DAILY', WEEKLY = 'WEEKLY', BIWEEKLY = 'BIWEEKLY', MONTHLY = 'MONTHLY', MANUAL = 'MANUAL' }

/** A fact an integration keeps; private ones are for staff and API tokens. */
export interface StoredMetadata {
  readonly key: string;
  readonly value: string;
  readonly isPrivate: boolean;
}

/** A seller in a marketplace. Its settings and where it is paid are in the same row: they change together with what it shows. */
@ObjectType({ description: 'Somebody who sells in the marketplace, with offers, stock and orders of their own.' })
@Directive('@key(fields: "id")')
@Cached(60)
@Entity({ name: 'vendor' })
export class Vendor extends TenantRow {
  @Field(() => ID, { description: 'Names the vendor everywhere; begins with ven_.' })
  override id: string;

  @Field(() => String, { description: 'Short name in addresses, 3 to 40 of a-z, 0-9 and hyphen; final.' })
  @Column({ type: 'text' })
  slug: string;

  @Field(() => String, { description: 'What people call the vendor, 1 to 120 characters.' })
  @Column({ type: 'text' })
  name: string;

  @Field(() => VendorStatus, { description: 'Where it stands between applying and selling.' })
  @Column({ type: 'text' })
  status: VendorStatus;

  @Field(() => String, { nullable: true, description: 'What the vendor says of itself, at most 4000 characters.' })
  @Column({ type: 'text', nullable: true })
  about: string | null;

  @Field(() => String, { nullable: true, description: 'Where its picture is, an https address.' })
  @Column({ type: 'text', nullable: true })
  logoUrl: string | null;

  /** The marketplace's, of all its amounts. */
  @Column({ type: 'text' })
  currency: string;

  @Column({ type: 'bigint', nullable: true, transformer: minorColumn })
  minimumOrderMinor: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  holidayFrom: Date | null;

  /** Null in a holiday that lasts until it is ended. */
  @Column({ type: 'timestamptz', nullable: true })
  holidayUntil: Date | null;

  /** When a holiday begins or ends next: the job's due time. */
  @Column({ type: 'timestamptz', nullable: true })
  holidayTurnsAt: Date | null;

  @Column({ type: 'int', nullable: true })
  acceptsAfterHours: number | null;

  /** How well it serves, 0 to 1000; 500 until there is something to go by. */
  @Column({ type: 'int' })
  score: number;

  /** Null where the operators invited it. */
  @Column({ type: 'text', nullable: true })
  applicantUserId: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was approved first; null until then.' })
  @Column({ type: 'timestamptz', nullable: true })
  approvedAt: Date | null;

  @Allow({ vendor: 'id' }, 'OPERATOR', 'PLATFORM', 'SYSTEM')
  @Field(() => String, { nullable: true, description: 'Why it was rejected, suspended or closed; for its merchants and operators.' })
  @Column({ type: 'text', nullable: true })
  decisionReason: string | null;

  @Column({ type: 'text', nullable: true })
  contactEmail: string | null;

  @Column({ type: 'text', nullable: true })
  contactPhone: string | null;

  @Column({ type: 'jsonb', nullable: true })
  billingAddress: AddressInput | null;

  @Column({ type: 'jsonb', nullable: true })
  returnsAddress: AddressInput | null;

  @Column({ type: 'jsonb', nullable: true })
  shipsFromAddress: AddressInput | null;

  @Column({ type: 'text' })
  payoutInterval: PayoutInterval;

  @Column({ type: 'bigint', nullable: true, transformer: minorColumn })
  payoutMinimumMinor: number | null;

  /** The provider's name of the account, never a bank account's number. */
  @Column({ type: 'text', nullable: true })
  payoutAccount: string | null;

  @Column({ type: 'jsonb' })
  storedMetadata: StoredMetadata[];

  @Field(() => DateTime, { description: 'When it applied or was invited, in UTC.' })
  override createdAt: Date;
}

/** Whether it may be bought from at a moment: approved, and not on holiday. */
export function isOpen(vendor: Pick<Vendor, 'status' | 'holidayFrom' | 'holidayUntil'>, now: Date): boolean {
  return vendor.status === VendorStatus.APPROVED && !isOnHoliday(vendor, now);
}

/** Whether a moment lies within its holiday: from its first instant, before its end. */
export function isOnHoliday({ holidayFrom, holidayUntil }: Pick<Vendor, 'holidayFrom' | 'holidayUntil'>, now: Date): boolean {
  return holidayFrom !== null && holidayFrom <= now && (holidayUntil === null || now < holidayUntil);
}
