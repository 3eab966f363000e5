import type { NextActionFacts } from '../payment/payment.row.js';

/** How a payment stands at its provider, at a moment. Every way to learn of it (an answer, a callback, a poll) makes one of these. */
export interface PaymentSnapshot {
  /** The provider's name of it. */
  readonly reference: string;
  /** The attempt it was opened for, as we told the provider then. */
  readonly attemptId: string | null;
  readonly status: 'OPEN' | 'ACTION_REQUIRED' | 'PROCESSING' | 'AUTHORIZED' | 'CAPTURED' | 'CANCELLED';
  readonly amountMinor: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly capturedMinor: number;
  /** What names the card or the like that is used now. */
  readonly methodReference: string | null;
  readonly nextAction: NextActionFacts | null;
  /** Set where the latest card was declined. */
  readonly failure: ProviderFailure | null;
  readonly clientSecret: string | null;
  readonly at: Date;
}

/** Why a card was declined. */
export interface ProviderFailure {
  readonly reference: string;
  /** Whether the reference names this one decline, or all of this card for this reason. */
  readonly isUnique: boolean;
  readonly code: string;
  readonly message: string;
}

/** How a refund stands at its provider. */
export interface RefundSnapshot {
  readonly reference: string;
  /** Ours, as we told the provider; null where somebody made it there by hand. */
  readonly refundId: string | null;
  readonly paymentReference: string | null;
  readonly status: 'PROCESSING' | 'SUCCEEDED' | 'FAILED';
  readonly amountMinor: number;
  readonly currency: string;
  readonly code: string | null;
  readonly at: Date;
}

/** How a dispute stands at its provider. */
export interface DisputeSnapshot {
  readonly reference: string;
  readonly paymentReference: string | null;
  readonly status: string;
  /** OPEN while money may still come back. */
  readonly outcome: 'OPEN' | 'WON' | 'LOST';
  readonly reason: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly evidenceDueAt: Date | null;
  readonly at: Date;
}

/** A card or the like as it is kept: nothing of it can be paid with anywhere else. */
export interface MethodSnapshot {
  readonly reference: string;
  readonly customerReference: string;
  readonly brand: string;
  readonly lastFour: string;
  readonly expiryMonth: number;
  readonly expiryYear: number;
}

/** How saving a card stands at its provider. */
export interface SetupSnapshot {
  readonly reference: string;
  readonly userId: string | null;
  readonly clientSecret: string | null;
  readonly isDone: boolean;
  readonly customerReference: string | null;
  readonly methodReference: string | null;
}

/** What a callback is about. */
export type CallbackNews =
  | { readonly about: 'PAYMENT'; readonly snapshot: PaymentSnapshot }
  | { readonly about: 'REFUND'; readonly snapshot: RefundSnapshot }
  | { readonly about: 'DISPUTE'; readonly snapshot: DisputeSnapshot }
  | { readonly about: 'SETUP'; readonly snapshot: SetupSnapshot; readonly method: MethodSnapshot };

/** A payment to be opened. Its attempt's id is the key: opening again answers the same one. */
export interface PaymentToOpen {
  readonly attemptId: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly tenantId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly captureMode: 'AUTOMATIC' | 'MANUAL';
  readonly customerReference: string | null;
}

/** Who takes and gives back money for us. Every call that changes something carries a key of ours, and is never repeated by the adapter itself. */
export interface PaymentProvider {
  open(payment: PaymentToOpen): Promise<PaymentSnapshot>;
  read(reference: string): Promise<PaymentSnapshot>;
  /** Charges a saved method. A decline is a snapshot with a failure. */
  confirm(reference: string, order: { readonly methodReference: string; readonly key: string }): Promise<PaymentSnapshot>;
  capture(reference: string, order: { readonly amountMinor: number; readonly currency: string; readonly key: string }): Promise<PaymentSnapshot>;
  /** Calls it off; one that cannot be called off any more is answered as it is. */
  cancel(reference: string, key: string): Promise<PaymentSnapshot>;
  refund(order: { readonly refundId: string; readonly paymentReference: string; readonly amountMinor: number; readonly currency: string }): Promise<RefundSnapshot>;
  readRefund(reference: string): Promise<RefundSnapshot>;
  /** All refunds of a payment, those that somebody made by hand too. */
  listRefunds(paymentReference: string): Promise<RefundSnapshot[]>;
  makeCustomer(userId: string, tenantId: string): Promise<string>;
  beginSetup(order: { readonly userId: string; readonly customerReference: string; readonly key: string }): Promise<SetupSnapshot>;
  readSetup(reference: string): Promise<SetupSnapshot>;
  readMethod(reference: string, customerReference: string): Promise<MethodSnapshot>;
  /** Forgets a method; one that is not known any more is forgotten already. */
  forgetMethod(reference: string): Promise<void>;
  /** Forgets a person with all methods. */
  forgetCustomer(reference: string): Promise<void>;
}

/** The provider refused for good: the same request would be refused again. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused';

  constructor(readonly code: string, message: string) {
    super(message);
  }
}

/** Nobody knows what became of a request: it is to be made again under its key, later. */
export class ProviderAway extends Error {
  override readonly name = 'ProviderAway';
}
