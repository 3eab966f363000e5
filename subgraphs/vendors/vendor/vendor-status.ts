import { registerEnumType } from 'type-graphql';

/** Where a vendor stands. */
export enum VendorStatus {
  PENDING = 'PENDING',
  INVITED = 'INVITED',
  ONBOARDING = 'ONBOARDING',
  READY_FOR_REVIEW = 'READY_FOR_REVIEW',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
  SUSPENDED = 'SUSPENDED',
  CLOSED = 'CLOSED',
}

registerEnumType(VendorStatus, {
  name: 'VendorStatus',
  description: 'Where a vendor stands between applying and selling.',
  valuesConfig: {
    PENDING: { description: 'Applied, and has handed in nothing yet.' },
    INVITED: { description: 'Asked by the operators to sell here; nobody accepted yet.' },
    ONBOARDING: { description: 'Hands in what the marketplace requires before selling.' },
    READY_FOR_REVIEW: { description: 'Has handed in everything; the operators decide next.' },
    APPROVED: { description: 'Sells, unless it is on holiday.' },
    REJECTED: { description: 'Turned down by the operators; it may apply again.' },
    SUSPENDED: { description: 'Sells nothing until it is restored; what was bought is delivered.' },
    CLOSED: { description: 'Ended for good; its slug stays taken.' },
  },
});

/** Where a status may go. */
const moves: Readonly<Record<VendorStatus, readonly `${VendorStatus}`[]>> = {
  PENDING: ['ONBOARDING', 'READY_FOR_REVIEW', 'APPROVED', 'REJECTED', 'CLOSED'],
  INVITED: ['ONBOARDING', 'READY_FOR_REVIEW', 'CLOSED'],
  ONBOARDING: ['READY_FOR_REVIEW', 'APPROVED', 'REJECTED', 'CLOSED'],
  READY_FOR_REVIEW: ['ONBOARDING', 'APPROVED', 'REJECTED', 'CLOSED'],
  APPROVED: ['SUSPENDED', 'CLOSED'],
  REJECTED: ['ONBOARDING', 'READY_FOR_REVIEW', 'CLOSED'],
  SUSPENDED: ['APPROVED', 'CLOSED'],
  CLOSED: [],
};

/** Whether a vendor may go from one status to another. */
export function mayBecome(from: VendorStatus, to: VendorStatus): boolean {
  return moves[from].includes(to);
}
