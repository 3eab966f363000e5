import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';
import type { PaperFacts } from './paper-facts.js';

/** What papers there are. */
export type DocumentKind = 'INVOICE' | 'PACKING_SLIP';

/** A paper of a vendor's part. */
@Entity({ name: 'document' })
export class DocumentRow extends TenantRow {
  @Column({ type: 'text' }) orderId: string;
  @Column({ type: 'text' }) vendorOrderId: string;
  @Column({ type: 'text' }) kind: DocumentKind;
  @Column({ type: 'text' }) number: string;
  @Column({ type: 'timestamptz' }) issuedAt: Date;
  @Column({ type: 'jsonb' }) facts: PaperFacts;
  @Column({ type: 'text' }) state: 'REQUESTED' | 'READY' | 'FAILED';
  @Column({ type: 'int', default: 0 }) tries: number;
  /** When a worker looks at it; null once it is made, or given up. */
  @Column({ type: 'timestamptz', nullable: true }) dueAt: Date | null;
  /** Read by those who need it only: a list of documents does not carry them. */
  @Column({ type: 'bytea', nullable: true, select: false }) pdf: Buffer | null;
}
