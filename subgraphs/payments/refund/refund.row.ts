import { minorColumn } from '@haat/kit/money';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';
import type { RefundStatus } from './refund-status.js';

/** A line's part of a refund. */
export interface RefundLine {
  readonly orderLineId: string;
  readonly cartLineId: string;
  readonly offerId: string;
  readonly vendorOrderId: string;
  readonly quantity: number;
  readonly amountMinor: number;
  readonly restock: boolean;
}

/** A vendor order's part of a refund. */
export interface RefundShare {
  readonly vendorOrderId: string;
  readonly vendorId: string;
  readonly amountMinor: number;
}

/** Money that goes back. Its id is the key under which the provider is asked for it. */
@Entity({ name: 'refund' })
export class RefundRow extends TenantRow {
  @Column({ type: 'text' }) paymentId: string;
  /** The try whose money goes back; null where it came in cash. */
  @Column({ type: 'text', nullable: true }) attemptId: string | null;
  /** What it was wanted by: one refund per source. */
  @Column({ type: 'text' }) source: string;
  @Column({ type: 'text' }) status: RefundStatus;
  @Column({ type: 'text' }) currency: string;
  @Column({ type: 'bigint', transformer: minorColumn }) amountMinor: number;
  @Column({ type: 'jsonb' }) lines: RefundLine[];
  @Column({ type: 'jsonb' }) shares: RefundShare[];
  @Column({ type: 'text' }) reason: string;
  /** The provider's name of it. */
  @Column({ type: 'text', nullable: true }) reference: string | null;
  @Column({ type: 'text', nullable: true }) errorCode: string | null;
  /** Set where it failed and was wanted again: that refund. */
  @Column({ type: 'text', nullable: true }) replacedById: string | null;
  @Column({ type: 'int' }) tries: number;
  /** When the provider is asked next; null where nothing is open. */
  @Column({ type: 'timestamptz', nullable: true }) dueAt: Date | null;
}
