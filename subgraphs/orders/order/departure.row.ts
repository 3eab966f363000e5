import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';

/** A parcel that was let go, by its own id. It stays one when it comes back. */
@Entity({ name: 'departure' })
export class DepartureRow extends TenantRow {
  @Column({ type: 'text' }) vendorOrderId: string;
  @Column({ type: 'timestamptz' }) departedAt: Date;
}
