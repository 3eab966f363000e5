import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';
import type { CarrierName } from './carrier.js';

/** What an account is opened with; kept sealed for ourselves. */
export interface CarrierCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
  /** What the carrier shows with its callbacks. */
  readonly callbackSecret: string;
  /** What the carrier wants to be shown in our answers. */
  readonly integrationSecret: string;
}

/** An account at a carrier: one vendor's, or the marketplace's for all that have none. */
@Entity({ name: 'carrier_account' })
export class CarrierAccountRow extends TenantRow {
  @Column({ type: 'text', nullable: true }) vendorId: string | null;
  @Column({ type: 'text' }) carrier: CarrierName;
  /** Where the carrier fetches: its name of the pick-up place. */
  @Column({ type: 'text' }) storeId: string;
  @Column({ type: 'boolean' }) isSandbox: boolean;
  @Column({ type: 'text' }) sealedCredentials: string;
  @Column({ type: 'text', nullable: true }) sealedTokens: string | null;
  /** By which the account is found when a callback shows its secret. */
  @Column({ type: 'text' }) callbackHash: string;
  /** The one before it, and until when it counts: what the carrier sends while somebody registers the new secret there is not lost. */
  @Column({ type: 'text', nullable: true }) previousCallbackHash: string | null;
  @Column({ type: 'timestamptz', nullable: true }) previousUntil: Date | null;
}
