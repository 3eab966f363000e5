import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';
import type { PathaoCallback } from '../pathao/pathao-events.js';

/** What a carrier called back with, kept until it is taken up. The same thing said again is the same row. */
@Entity({ name: 'carrier_callback' })
export class CarrierCallbackRow extends TenantRow {
  @Column({ type: 'text' }) accountId: string;
  @Column({ type: 'text' }) key: string;
  @Column({ type: 'jsonb' }) said: PathaoCallback;
  @Column({ type: 'timestamptz' }) saidAt: Date;
  @Column({ type: 'int', default: 0 }) tries: number;
  /** When it is taken up; null once it was. */
  @Column({ type: 'timestamptz', nullable: true }) dueAt: Date | null;
  /** In which order they came; given by the database. */
  @Column({ type: 'bigint', insert: false, update: false }) seq: string;
}
