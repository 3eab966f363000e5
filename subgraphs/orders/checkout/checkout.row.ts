import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';

/** OPEN: steps are being taken. UNDOING: nothing more may be taken, what was is given back. PLACED: an order stands. ENDED: none does, and nothing is held. */
export type CheckoutState = 'OPEN' | 'UNDOING' | 'PLACED' | 'ENDED';

/** A cart on its way to an order: committed before anything is taken, so that whatever happens is found and given back. */
@Entity({ name: 'checkout' })
export class CheckoutRow extends TenantRow {
  @Column({ type: 'text' }) cartId: string;
  /** Chosen now: every ask is keyed by it, so that a retry asks for the same thing. */
  @Column({ type: 'text' }) orderId: string;
  @Column({ type: 'text' }) actor: string;
  @Column({ type: 'text' }) clientKey: string;
  @Column({ type: 'text' }) requestHash: string;
  @Column({ type: 'text' }) state: CheckoutState;
  /** What it came to, where no order stands: the answer of every later call with the same key. */
  @Column({ type: 'jsonb', nullable: true }) outcome: Readonly<Record<string, unknown>> | null;
  @Column({ type: 'timestamptz' }) deadlineAt: Date;
}
