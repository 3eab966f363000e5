import type { Destination } from '@haat/schema/parts';
import { minorColumn } from '@haat/kit/money';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';

/** A line as it was bought, as far as sending it needs it. */
export interface LineFact {
  readonly orderLineId: string;
  readonly cartLineId: string;
  readonly offerId: string;
  readonly title: string;
  readonly sku: string;
  readonly weightGrams: number | null;
  readonly quantity: number;
  /** Pieces that will not be sent, or came back. */
  readonly cancelled: number;
  /** Of all its pieces, with tax. */
  readonly totalMinor: number;
}

/** A vendor's part of an order, as orders said it last. */
@Entity({ name: 'vendor_order_fact' })
export class VendorOrderFact extends TenantRow {
  @Column({ type: 'text' }) orderId: string;
  @Column({ type: 'text' }) number: string;
  @Column({ type: 'text' }) orderNumber: string;
  @Column({ type: 'text' }) vendorId: string;
  @Column({ type: 'text' }) vendorName: string;
  @Column({ type: 'text' }) status: string;
  @Column({ type: 'text', nullable: true }) userId: string | null;
  @Column({ type: 'text', nullable: true }) guestKey: string | null;
  @Column({ type: 'text' }) locale: string;
  @Column({ type: 'text' }) currency: string;
  @Column({ type: 'jsonb' }) lines: readonly LineFact[];
  @Column({ type: 'jsonb' }) shipTo: Destination;
  /** Who gets it and where, opened only to write a label or to tell a carrier; null once the order is over. */
  @Column({ type: 'text', nullable: true }) sealedAddress: string | null;
  /** What the courier collects of the whole part; 0 where it is paid otherwise. */
  @Column({ type: 'bigint', transformer: minorColumn }) amountToCollectMinor: number;
  /** Pieces that were cancelled before they were sent, by the id of their order line. */
  @Column({ type: 'jsonb' }) withdrawn: Readonly<Record<string, number>>;
  /** What they were worth. */
  @Column({ type: 'bigint', transformer: minorColumn, default: 0 }) withdrawnMinor: number;
}
