import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';

/** Pieces of one offer in one warehouse. The type shows the warehouse and the offer as entities. */
@Entity({ name: 'stock_level' })
export class StockLevelRow extends TenantRow {
  @Column({ type: 'text' }) offerId: string;
  @Column({ type: 'text' }) warehouseId: string;
  @Column({ type: 'text' }) vendorId: string;
  @Column({ type: 'int' }) onHand: number;
  @Column({ type: 'int' }) allocated: number;
  @Column({ type: 'int' }) reserved: number;
  @Column({ type: 'int' }) safety: number;
  @Column({ type: 'int' }) backorderLimit: number;
  @Column({ type: 'int' }) lowAt: number;
  @Column({ type: 'boolean' }) isLow: boolean;
  /** Worked out by the database. */
  @Column({ type: 'int', insert: false, update: false }) available: number;
}
