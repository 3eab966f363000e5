import { registerEnumType } from 'type-graphql';

/** Who takes the money. */
export type ProviderName = 'STRIPE' | 'CASH_ON_DELIVERY';

/** Where a payment can be. */
export enum PaymentStatus {
  OPENING = 'OPENING', REQUIRES_ACTION = 'REQUIRES_ACTION', PROCESSING = 'PROCESSING', PENDING_COLLECTION = 'PENDING_COLLECTION', AUTHORIZED = 'AUTHORIZED', PARTIALLY_CAPTURED = 'PARTIALLY_CAPTURED',
  CAPTURED = 'CAPTURED', PARTIALLY_REFUNDED = 'PARTIALLY_REFUNDED', REFUNDED = 'REFUNDED', FAILED = 'FAILED', CANCELLED = 'CANCELLED', EXPIRED = 'EXPIRED', DISPUTED = 'DISPUTED',
}

registerEnumType(PaymentStatus, {
  name: 'PaymentStatus', description: 'Where the payment of an order is, derived from everything that happened to it.',
  valuesConfig: {
    OPENING: { description: 'The provider was asked and has not answered yet.' },
    REQUIRES_ACTION: { description: 'The buyer must pay or confirm now, by the client secret or the next action.' },
    PROCESSING: { description: 'The provider works on it, or somebody must look at it.' },
    PENDING_COLLECTION: { description: 'The courier collects it in cash at the door.' },
    AUTHORIZED: { description: 'The money is promised and not taken yet.' },
    PARTIALLY_CAPTURED: { description: 'A part of what is due was taken.' },
    CAPTURED: { description: 'All that is due was taken.' },
    PARTIALLY_REFUNDED: { description: 'A part of what was taken went back.' },
    REFUNDED: { description: 'All that was taken went back.' },
    FAILED: { description: 'The last try was declined; another one may follow in time.' },
    CANCELLED: { description: 'It was called off before anything was taken.' },
    EXPIRED: { description: 'The time to pay ended with nothing paid.' },
    DISPUTED: { description: "The buyer's bank takes the money back, or asks why it was taken." },
  },
});

/** Where one try can be. */
export enum AttemptStatus {
  CREATED = 'CREATED', REQUIRES_ACTION = 'REQUIRES_ACTION', PROCESSING = 'PROCESSING', AUTHORIZED = 'AUTHORIZED', PARTIALLY_CAPTURED = 'PARTIALLY_CAPTURED', CAPTURED = 'CAPTURED', FAILED = 'FAILED', CANCELLED = 'CANCELLED', EXPIRED = 'EXPIRED',
}

/** What a try is in while the provider may still do something with it. */
export const openAttempts: readonly AttemptStatus[] = [AttemptStatus.CREATED, AttemptStatus.REQUIRES_ACTION, AttemptStatus.PROCESSING, AttemptStatus.AUTHORIZED];

registerEnumType(AttemptStatus, {
  name: 'PaymentAttemptStatus', description: 'Where one try to pay has come to.',
  valuesConfig: {
    CREATED: { description: 'Written down; the provider has not answered yet.' },
    REQUIRES_ACTION: { description: 'It waits for something that the buyer must do.' },
    PROCESSING: { description: 'The provider works on it right now.' },
    AUTHORIZED: { description: 'The money is promised and not taken yet.' },
    PARTIALLY_CAPTURED: { description: 'A part of the promised money was taken.' },
    CAPTURED: { description: 'The money of this try was taken.' },
    FAILED: { description: 'The provider refused it, for good.' },
    CANCELLED: { description: 'It was called off at the provider.' },
    EXPIRED: { description: 'The time to pay ended before it came to anything.' },
  },
});

/** What can happen to a payment. */
export enum EventKind {
  OPENED = 'OPENED', ACTION_REQUIRED = 'ACTION_REQUIRED', PROCESSING = 'PROCESSING', AUTHORIZATION_SUCCESS = 'AUTHORIZATION_SUCCESS', CHARGE_SUCCESS = 'CHARGE_SUCCESS', CHARGE_FAILURE = 'CHARGE_FAILURE',
  CANCEL_SUCCESS = 'CANCEL_SUCCESS', EXPIRED = 'EXPIRED', REFUND_REQUEST = 'REFUND_REQUEST', REFUND_SUCCESS = 'REFUND_SUCCESS', REFUND_FAILURE = 'REFUND_FAILURE', REFUND_REVERSE = 'REFUND_REVERSE',
  CHARGE_BACK = 'CHARGE_BACK', CHARGE_BACK_REVERSE = 'CHARGE_BACK_REVERSE', MISMATCH = 'MISMATCH',
}

registerEnumType(EventKind, {
  name: 'PaymentEventKind', description: 'What can happen to a payment, whoever the provider is.',
  valuesConfig: {
    OPENED: { description: 'The provider knows of it, or the courier will.' },
    ACTION_REQUIRED: { description: 'The buyer must confirm it, at the bank for instance.' },
    PROCESSING: { description: 'The provider began to work on it.' },
    AUTHORIZATION_SUCCESS: { description: 'The money was promised by the provider.' },
    CHARGE_SUCCESS: { description: 'Money of the buyer was taken.' },
    CHARGE_FAILURE: { description: 'A card or the like was declined.' },
    CANCEL_SUCCESS: { description: 'It was called off, and what was promised let go.' },
    EXPIRED: { description: 'The time to pay came to its end.' },
    REFUND_REQUEST: { description: 'Somebody wants money to go back.' },
    REFUND_SUCCESS: { description: 'Money went back to the buyer.' },
    REFUND_FAILURE: { description: 'Money could not go back to the buyer.' },
    REFUND_REVERSE: { description: 'Money that went back came to us again.' },
    CHARGE_BACK: { description: "The buyer's bank took money back." },
    CHARGE_BACK_REVERSE: { description: 'A dispute was won, and the money is here again.' },
    MISMATCH: { description: 'The provider named another amount or currency; nothing was believed.' },
  },
});
