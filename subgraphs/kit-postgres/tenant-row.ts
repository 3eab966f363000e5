import { Column, CreateDateColumn, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import { tenantSetting } from './migration.js';

/**
 * What every tenant's row has. Nothing of it is a GraphQL field by itself: a type that shows its id declares it again
 * with `@Field`. Made by `tenantTable` of migration.ts.
 */
export abstract class TenantRow {
  /** The tenant it belongs to. The database fills it in from where the writer is, and refuses another one. */
  @PrimaryColumn({ type: 'text', default: () => `current_setting('${tenantSetting}')` })
  tenantId: string;

  /** The noun's prefix and a UUIDv7. */
  @PrimaryColumn({ type: 'text' })
  id: string;

  /** 1 when inserted; whoever changes the row counts it up, since its events carry it. */
  @Column({ type: 'int', default: 1 })
  version: number;

  /** By the database's clock. */
  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  /** By the database's clock; SQL written by hand sets it by hand. */
  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;
}
