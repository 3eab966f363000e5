import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';
import type { ProviderName } from '../payment/payment-enums.js';

/** A card that a person keeps with the provider. We know what names it and what a person knows it by, and no number. */
@Entity({ name: 'saved_method' })
export class SavedMethodRow extends TenantRow {
  @Column({ type: 'text' }) userId: string;
  @Column({ type: 'text' }) provider: ProviderName;
  @Column({ type: 'text' }) customerReference: string;
  @Column({ type: 'text' }) reference: string;
  @Column({ type: 'text' }) brand: string;
  @Column({ type: 'text' }) lastFour: string;
  @Column({ type: 'int' }) expiryMonth: number;
  @Column({ type: 'int' }) expiryYear: number;
  @Column({ type: 'timestamptz', nullable: true }) removedAt: Date | null;
  @Column({ type: 'text', nullable: true }) tenantSlug: string | null;
  @Column({ type: 'int', default: 0 }) tries: number;
  /** When the provider is told to forget it; null where it need not be. */
  @Column({ type: 'timestamptz', nullable: true }) dueAt: Date | null;
}

/** Whom a provider knows a person as; its id is the user's. */
@Entity({ name: 'provider_customer' })
export class ProviderCustomerRow extends TenantRow {
  @Column({ type: 'text' }) provider: ProviderName;
  @Column({ type: 'text' }) reference: string;
  @Column({ type: 'text', nullable: true }) tenantSlug: string | null;
  @Column({ type: 'int', default: 0 }) tries: number;
  /** When the provider is told to forget them; null where it need not be. */
  @Column({ type: 'timestamptz', nullable: true }) dueAt: Date | null;
}
