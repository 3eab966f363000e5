import { minorColumn } from '@haat/kit/money';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';
import type { AttemptStatus, EventKind, PaymentStatus, ProviderName } from './payment-enums.js';

/** The payment of an order: one, however many tries it takes. Its amounts and status are derived from its events. */
@Entity({ name: 'payment' })
export class PaymentRow extends TenantRow {
  @Column({ type: 'text' }) orderId: string;
  @Column({ type: 'text' }) orderNumber: string;
  @Column({ type: 'text' }) provider: ProviderName;
  @Column({ type: 'text' }) status: PaymentStatus;
  @Column({ type: 'text', nullable: true }) userId: string | null;
  @Column({ type: 'text', nullable: true }) guestKey: string | null;
  /** As orders of guests carry it: finds what a person paid before they had an account. */
  @Column({ type: 'text', nullable: true }) emailHash: string | null;
  @Column({ type: 'text' }) currency: string;
  @Column({ type: 'bigint', transformer: minorColumn }) amountMinor: number;
  @Column({ type: 'bigint', transformer: minorColumn }) authorizedMinor: number;
  @Column({ type: 'bigint', transformer: minorColumn }) capturedMinor: number;
  /** Of all refunds that were not given up. */
  @Column({ type: 'bigint', transformer: minorColumn }) refundReservedMinor: number;
  @Column({ type: 'bigint', transformer: minorColumn }) refundedMinor: number;
  @Column({ type: 'text', nullable: true }) savedMethodId: string | null;
  /** Names the account at the provider where no request does. */
  @Column({ type: 'text', nullable: true }) tenantSlug: string | null;
  /** Why nothing is believed of it any more until somebody looked: the wrong amount or currency. */
  @Column({ type: 'text', nullable: true }) heldReason: string | null;
  @Column({ type: 'timestamptz', nullable: true }) expiresAt: Date | null;
  /** As `expiresAt`, while it may still end. */
  @Column({ type: 'timestamptz', nullable: true }) windowEndsAt: Date | null;
}

/** A vendor order's part of a payment; its id is the vendor order's. */
@Entity({ name: 'payment_share' })
export class ShareRow extends TenantRow {
  @Column({ type: 'text' }) paymentId: string;
  @Column({ type: 'text' }) vendorId: string;
  @Column({ type: 'int' }) position: number;
  @Column({ type: 'bigint', transformer: minorColumn }) amountMinor: number;
  /** What need not be paid any more. */
  @Column({ type: 'bigint', transformer: minorColumn }) cancelledMinor: number;
  @Column({ type: 'bigint', transformer: minorColumn }) capturedMinor: number;
  @Column({ type: 'bigint', transformer: minorColumn }) refundReservedMinor: number;
  @Column({ type: 'bigint', transformer: minorColumn }) refundedMinor: number;
}

/** An order's line as far as it can be refunded; its id is the order line's. */
@Entity({ name: 'payment_line' })
export class LineRow extends TenantRow {
  @Column({ type: 'text' }) paymentId: string;
  @Column({ type: 'text' }) cartLineId: string;
  @Column({ type: 'text' }) offerId: string;
  @Column({ type: 'text' }) vendorOrderId: string;
  @Column({ type: 'int' }) position: number;
  @Column({ type: 'int' }) quantity: number;
  @Column({ type: 'bigint', transformer: minorColumn }) totalMinor: number;
  @Column({ type: 'int' }) refundedQuantity: number;
  @Column({ type: 'bigint', transformer: minorColumn }) refundedMinor: number;
}

/** What a buyer must do next, as the provider says it. */
export interface NextActionFacts {
  readonly kind: string;
  readonly url: string | null;
}

/** One try to pay. Its id is the key of everything that is asked of the provider for it. */
@Entity({ name: 'payment_attempt' })
export class AttemptRow extends TenantRow {
  @Column({ type: 'text' }) paymentId: string;
  @Column({ type: 'int' }) number: number;
  @Column({ type: 'text' }) provider: ProviderName;
  @Column({ type: 'text' }) status: AttemptStatus;
  @Column({ type: 'bigint', transformer: minorColumn }) amountMinor: number;
  @Column({ type: 'text' }) captureMode: 'AUTOMATIC' | 'MANUAL';
  /** What is to be captured, where it is not all. */
  @Column({ type: 'bigint', transformer: minorColumn, nullable: true }) captureMinor: number | null;
  @Column({ type: 'bigint', transformer: minorColumn }) capturedMinor: number;
  @Column({ type: 'bigint', transformer: minorColumn }) refundReservedMinor: number;
  @Column({ type: 'text', nullable: true }) reference: string | null;
  /** JWE for ourselves: what a buyer's browser confirms the payment with. */
  @Column({ type: 'text', nullable: true }) sealedClientSecret: string | null;
  @Column({ type: 'text', nullable: true }) customerReference: string | null;
  @Column({ type: 'text', nullable: true }) methodReference: string | null;
  /** Whether a saved method was charged, or was tried to. */
  @Column({ type: 'boolean' }) isConfirmed: boolean;
  @Column({ type: 'jsonb', nullable: true }) nextAction: NextActionFacts | null;
  @Column({ type: 'text', nullable: true }) errorCode: string | null;
  @Column({ type: 'text', nullable: true }) errorMessage: string | null;
  /** What is to be done at the provider. */
  @Column({ type: 'text', nullable: true }) wish: 'CANCEL' | 'CAPTURE' | null;
  @Column({ type: 'int' }) tries: number;
  @Column({ type: 'timestamptz', nullable: true }) authorizedAt: Date | null;
  /** When the provider is asked next; null where nothing is open. */
  @Column({ type: 'timestamptz', nullable: true }) dueAt: Date | null;
}

/** A fact about a payment, kept for ever: once per provider's reference and kind. */
@Entity({ name: 'payment_event' })
export class PaymentEventRow extends TenantRow {
  /** In the order in which they were heard; given by the database. */
  @Column({ type: 'bigint', insert: false, transformer: minorColumn }) seq: number;
  @Column({ type: 'text' }) paymentId: string;
  @Column({ type: 'text', nullable: true }) attemptId: string | null;
  @Column({ type: 'text' }) provider: ProviderName;
  @Column({ type: 'text' }) reference: string;
  @Column({ type: 'text' }) kind: EventKind;
  @Column({ type: 'bigint', transformer: minorColumn }) amountMinor: number;
  /** When it happened, as the provider says. */
  @Column({ type: 'timestamptz' }) at: Date;
  @Column({ type: 'text', nullable: true }) code: string | null;
  @Column({ type: 'text', nullable: true }) message: string | null;
}
