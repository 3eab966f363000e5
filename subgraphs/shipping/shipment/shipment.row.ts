import { minorColumn } from '@haat/kit/money';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';
import type { ParcelState } from './parcel-state.js';

/** Pieces of one order line. */
export interface Pieces {
  readonly orderLineId: string;
  readonly quantity: number;
}

/**
 * How far a parcel is with its carrier. NONE: the vendor carries it. WAITING: to be asked. ASKED: being asked now. UNCERTAIN:
 * nobody knows whether the carrier took it, and it is not asked again before somebody does. REFUSED: the carrier does not take it.
 */
export type Booking = 'NONE' | 'WAITING' | 'ASKED' | 'UNCERTAIN' | 'BOOKED' | 'REFUSED';

/** What one vendor sends at once of its part of an order. Its state is rolled up from its parcels and kept nowhere. */
@Entity({ name: 'shipment' })
export class ShipmentRow extends TenantRow {
  @Column({ type: 'text' }) vendorOrderId: string;
  @Column({ type: 'text' }) orderId: string;
  @Column({ type: 'text' }) vendorId: string;
  @Column({ type: 'text' }) carrier: string;
  /** The account at the carrier; null where the vendor carries it. */
  @Column({ type: 'text', nullable: true }) accountId: string | null;
}

/** One box of a shipment. */
@Entity({ name: 'parcel' })
export class ParcelRow extends TenantRow {
  @Column({ type: 'text' }) shipmentId: string;
  /** From 1. */
  @Column({ type: 'int' }) position: number;
  @Column({ type: 'text' }) status: ParcelState;
  @Column({ type: 'jsonb' }) lines: readonly Pieces[];
  /** What of them was handed over, where that was not all; null until it is known. */
  @Column({ type: 'jsonb', nullable: true }) handedOver: readonly Pieces[] | null;
  /** It broke on its way, wherever it went then. */
  @Column({ type: 'boolean', default: false }) isDamaged: boolean;
  @Column({ type: 'int' }) weightGrams: number;
  @Column({ type: 'bigint', transformer: minorColumn }) amountToCollectMinor: number;
  @Column({ type: 'text', nullable: true }) trackingId: string | null;
  @Column({ type: 'text', nullable: true }) trackingUrl: string | null;
  /** What the carrier takes for it. */
  @Column({ type: 'bigint', nullable: true, transformer: minorColumn }) feeMinor: number | null;
  @Column({ type: 'text' }) booking: Booking;
  @Column({ type: 'int', default: 0 }) bookingTries: number;
  /** Why the carrier does not take it. */
  @Column({ type: 'text', array: true }) refusals: readonly string[];
  /** When the carrier is asked, or the one who asks is given up; null where there is nothing to ask. */
  @Column({ type: 'timestamptz', nullable: true }) dueAt: Date | null;
  @Column({ type: 'timestamptz', nullable: true }) shippedAt: Date | null;
  /** When the newest of what moved it happened. */
  @Column({ type: 'timestamptz', nullable: true }) heardAt: Date | null;
  /** When cash was taken for it. */
  @Column({ type: 'timestamptz', nullable: true }) cashTakenAt: Date | null;
}

/** Something that happened to a parcel, whether it moved it or not. */
@Entity({ name: 'tracking_event' })
export class TrackingEventRow extends TenantRow {
  @Column({ type: 'text' }) shipmentId: string;
  @Column({ type: 'text' }) parcelId: string;
  /** Where the parcel was by this; null where it says nothing of that. */
  @Column({ type: 'text', nullable: true }) status: ParcelState | null;
  /** Ours, or the carrier's name of it. */
  @Column({ type: 'text' }) kind: string;
  @Column({ type: 'text', nullable: true }) note: string | null;
  @Column({ type: 'timestamptz' }) happenedAt: Date;
  /** In which order they were heard of; given by the database. */
  @Column({ type: 'bigint', insert: false, update: false }) seq: string;
}
