import { OfferStatus } from './offer.row.js';

const moves: Readonly<Record<OfferStatus, readonly OfferStatus[]>> = {
  [OfferStatus.DRAFT]: [OfferStatus.ACTIVE, OfferStatus.ARCHIVED, OfferStatus.BLOCKED],
  [OfferStatus.ACTIVE]: [OfferStatus.PAUSED, OfferStatus.ARCHIVED, OfferStatus.BLOCKED],
  [OfferStatus.PAUSED]: [OfferStatus.ACTIVE, OfferStatus.ARCHIVED, OfferStatus.BLOCKED],
  [OfferStatus.BLOCKED]: [OfferStatus.PAUSED, OfferStatus.ARCHIVED],
  [OfferStatus.ARCHIVED]: [OfferStatus.DRAFT, OfferStatus.ACTIVE],
};

/** Whether an offer may go from one state to another. Blocking, and lifting a block, is for who runs the marketplace. */
export function mayMove(from: OfferStatus, to: OfferStatus, isOperator: boolean): boolean {
  const isTheirs = isOperator || (from !== OfferStatus.BLOCKED && to !== OfferStatus.BLOCKED);
  return from === to || (isTheirs && moves[from].includes(to));
}
