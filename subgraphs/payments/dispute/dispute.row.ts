import { minorColumn } from '@haat/kit/money';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';

/** A payment that the buyer's bank disputes, as the provider says it. */
@Entity({ name: 'dispute' })
export class DisputeRow extends TenantRow {
  @Column({ type: 'text' }) paymentId: string;
  @Column({ type: 'text' }) reference: string;
  /** In the provider's words. */
  @Column({ type: 'text' }) status: string;
  @Column({ type: 'text' }) reason: string;
  @Column({ type: 'text' }) currency: string;
  @Column({ type: 'bigint', transformer: minorColumn }) amountMinor: number;
  @Column({ type: 'timestamptz', nullable: true }) evidenceDueAt: Date | null;
}
