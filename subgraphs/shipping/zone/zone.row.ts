import { minorColumn } from '@haat/kit/money';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';

/** A part of the world. What is null may be anything; texts are compared without regard to case. */
export interface Area {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly region: string | null;
  readonly city: string | null;
  readonly district: string | null;
  /** How postal codes of it begin. */
  readonly postalPrefix: string | null;
}

/** What goods up to a weight cost. */
export interface Band {
  /** Grams, this weight included; null for any weight. */
  readonly upToGrams: number | null;
  readonly amountMinor: number;
}

/** Where the same ways of delivery are offered: by one vendor, or by the marketplace for all that have no zone of their own there. */
@Entity({ name: 'shipping_zone' })
export class ZoneRow extends TenantRow {
  @Column({ type: 'text', nullable: true }) vendorId: string | null;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'jsonb' }) areas: readonly Area[];
  @Column({ type: 'boolean', default: true }) isActive: boolean;
}

/** A way of delivery in a zone, with what it costs. */
@Entity({ name: 'shipping_method' })
export class MethodRow extends TenantRow {
  @Column({ type: 'text' }) zoneId: string;
  /** The zone's. */
  @Column({ type: 'text', nullable: true }) vendorId: string | null;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'text' }) carrier: string;
  /** From light to heavy. */
  @Column({ type: 'jsonb' }) bands: readonly Band[];
  /** For each kilogram begun beyond the last band; null where nothing heavier is taken. */
  @Column({ type: 'bigint', nullable: true, transformer: minorColumn }) perExtraKiloMinor: number | null;
  @Column({ type: 'bigint', nullable: true, transformer: minorColumn }) freeFromMinor: number | null;
  @Column({ type: 'bigint', nullable: true, transformer: minorColumn }) minSubtotalMinor: number | null;
  @Column({ type: 'bigint', nullable: true, transformer: minorColumn }) maxSubtotalMinor: number | null;
  /** Goods of these profiles only; empty for all. */
  @Column({ type: 'text', array: true }) shippingProfiles: readonly string[];
  @Column({ type: 'boolean' }) allowsCashOnDelivery: boolean;
  @Column({ type: 'int', nullable: true }) minDays: number | null;
  @Column({ type: 'int', nullable: true }) maxDays: number | null;
  @Column({ type: 'int' }) position: number;
  @Column({ type: 'boolean', default: true }) isActive: boolean;
}
