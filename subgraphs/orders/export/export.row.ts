import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';

/** What a signed link to an export is good for. */
export const exportPurpose = 'order-export';

/** Where an export is. */
export type ExportState = 'REQUESTED' | 'RUNNING' | 'READY' | 'FAILED' | 'EXPIRED';

/** A list that somebody takes away. */
@Entity({ name: 'export' })
export class ExportRow extends TenantRow {
  @Column({ type: 'text' }) requestedBy: string;
  @Column({ type: 'jsonb' }) filter: Readonly<Record<string, unknown>>;
  @Column({ type: 'text' }) state: ExportState;
  @Column({ type: 'int', default: 0 }) rowCount: number;
  /** The last row that was written: the next piece begins behind it, whoever writes it. */
  @Column({ type: 'timestamptz', nullable: true }) afterPlacedAt: Date | null;
  @Column({ type: 'text', nullable: true }) afterId: string | null;
  @Column({ type: 'int', default: 0 }) tries: number;
  @Column({ type: 'timestamptz', nullable: true }) dueAt: Date | null;
  /** When it is thrown away. */
  @Column({ type: 'timestamptz' }) expiresAt: Date;
}

/** Some rows of an export, as they are in the file. */
@Entity({ name: 'export_piece' })
export class ExportPieceRow extends TenantRow {
  @Column({ type: 'text' }) exportId: string;
  @Column({ type: 'int' }) position: number;
  @Column({ type: 'text' }) text: string;
}
