/** Why a card is declined; docs.stripe.com/declines/codes. */
export interface Decline {
  readonly code: string;
  readonly declineCode: string;
  readonly message: string;
}

/** A card that only tests have, and what comes of it; docs.stripe.com/testing. */
export interface TestCard {
  /** As `pm_card_<name>` names it. */
  readonly name: string;
  readonly number: string;
  readonly brand: 'visa' | 'mastercard' | 'amex';
  /** For a person who chooses. */
  readonly title: string;
  /** Whether its holder has to authenticate: always, or unless the card was set up for later payments. */
  readonly authentication?: 'always' | 'until-set-up';
  readonly decline?: Decline;
  /** The reason of the dispute that follows its payment. */
  readonly dispute?: string;
  /** What becomes of its refunds. */
  readonly refund?: 'fails-later' | 'pends';
  /** Its payment is in the works until it is settled. */
  readonly isSlow?: boolean;
}

const declined = (declineCode: string, message: string, code = 'card_declined'): Decline => ({ code, declineCode, message });
const insufficient = declined('insufficient_funds', 'Your card has insufficient funds.');

/** All of them. Those of docs.stripe.com/testing, and `sim_slow`, which is ours. */
export const testCards: readonly TestCard[] = [
  { name: 'visa', number: '4242424242424242', brand: 'visa', title: 'Visa, succeeds' },
  { name: 'mastercard', number: '5555555555554444', brand: 'mastercard', title: 'Mastercard, succeeds' },
  { name: 'amex', number: '378282246310005', brand: 'amex', title: 'American Express, succeeds' },
  { name: 'threeDSecure2Required', number: '4000000000003220', brand: 'visa', title: '3-D Secure, always asked for', authentication: 'always' },
  { name: 'authenticationRequiredOnSetup', number: '4000002500003155', brand: 'visa', title: '3-D Secure, unless set up before', authentication: 'until-set-up' },
  { name: 'authenticationRequired', number: '4000002760003184', brand: 'visa', title: '3-D Secure, always asked for (another)', authentication: 'always' },
  { name: 'authenticationRequiredChargeDeclinedInsufficientFunds', number: '4000008260003178', brand: 'visa', title: '3-D Secure, then insufficient funds', authentication: 'always', decline: insufficient },
  { name: 'chargeDeclined', number: '4000000000000002', brand: 'visa', title: 'Declined', decline: declined('generic_decline', 'Your card was declined.') },
  { name: 'chargeDeclinedInsufficientFunds', number: '4000000000009995', brand: 'visa', title: 'Declined: insufficient funds', decline: insufficient },
  { name: 'chargeDeclinedLostCard', number: '4000000000009987', brand: 'visa', title: 'Declined: lost card', decline: declined('lost_card', 'Your card was declined.') },
  { name: 'chargeDeclinedStolenCard', number: '4000000000009979', brand: 'visa', title: 'Declined: stolen card', decline: declined('stolen_card', 'Your card was declined.') },
  { name: 'chargeDeclinedExpiredCard', number: '4000000000000069', brand: 'visa', title: 'Declined: expired card', decline: declined('expired_card', 'Your card has expired.', 'expired_card') },
  { name: 'chargeDeclinedIncorrectCvc', number: '4000000000000127', brand: 'visa', title: 'Declined: wrong security code', decline: declined('incorrect_cvc', "Your card's security code is incorrect.", 'incorrect_cvc') },
  { name: 'chargeDeclinedProcessingError', number: '4000000000000119', brand: 'visa', title: 'Declined: processing error', decline: declined('processing_error', 'An error occurred while processing your card. Try again in a little bit.', 'processing_error') },
  { name: 'createDispute', number: '4000000000000259', brand: 'visa', title: 'Succeeds, then disputed as fraud', dispute: 'fraudulent' },
  { name: 'createDisputeProductNotReceived', number: '4000000000002685', brand: 'visa', title: 'Succeeds, then disputed: not received', dispute: 'product_not_received' },
  { name: 'pendingRefund', number: '4000000000007726', brand: 'visa', title: 'Succeeds, its refund pends', refund: 'pends' },
  { name: 'refundFail', number: '4000000000005126', brand: 'visa', title: 'Succeeds, its refund fails later', refund: 'fails-later' },
  { name: 'sim_slow', number: '4000000000000085', brand: 'visa', title: 'Stays in the works until it is settled', isSlow: true },
];

/** Other names that Stripe gives the same cards. */
const otherNames: Readonly<Record<string, string>> = {
  threeDSecureRequired: 'threeDSecure2Required', visa_chargeDeclined: 'chargeDeclined', visa_chargeDeclinedInsufficientFunds: 'chargeDeclinedInsufficientFunds',
  visa_chargeDeclinedLostCard: 'chargeDeclinedLostCard', visa_chargeDeclinedStolenCard: 'chargeDeclinedStolenCard',
};

/** The card of a test id such as `pm_card_visa`, `tok_visa` or of its own number; undefined where it is none. */
export function testCard(said: string): TestCard | undefined {
  const name = /^(?:pm_card|tok)_(\w+)$/.exec(said)?.[1] ?? said;
  return testCards.find((card) => card.name === (otherNames[name] ?? name) || card.number === name.replace(/[\s-]/g, ''));
}
