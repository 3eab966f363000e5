import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';

/** The labels of a shipment, one page for each parcel. */
@Entity({ name: 'label' })
export class LabelRow extends TenantRow {
  @Column({ type: 'text' }) shipmentId: string;
  /** WAITING for the carrier's numbers; GONE once the order is over, since it names a person. */
  @Column({ type: 'text' }) state: 'WAITING' | 'REQUESTED' | 'READY' | 'FAILED' | 'GONE';
  @Column({ type: 'int', default: 0 }) tries: number;
  /** When a worker looks at it; null where there is nothing to make. */
  @Column({ type: 'timestamptz', nullable: true }) dueAt: Date | null;
  @Column({ type: 'timestamptz', nullable: true }) madeAt: Date | null;
  /** Read by those who need it only. */
  @Column({ type: 'bytea', nullable: true, select: false }) pdf: Buffer | null;
}
