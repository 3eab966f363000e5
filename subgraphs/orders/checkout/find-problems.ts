/** What stands between a cart and an order, in the order in which a buyer mends it. */
export const problemCodes = [
  'OFFER_UNAVAILABLE', 'VENDOR_CLOSED', 'OUT_OF_STOCK', 'QUANTITY_REDUCED', 'OVER_MAXIMUM', 'BELOW_MINIMUM', 'COUPON_INVALID', 'CONTACT_MISSING', 'ADDRESS_MISSING',
  'ADDRESS_UNCLEAR', 'UNSERVICEABLE', 'SHIPPING_NOT_CHOSEN', 'SHIPPING_GONE', 'PAYMENT_NOT_OFFERED',
] as const;
/** One of them. */
export type ProblemCode = (typeof problemCodes)[number];

/** One thing that stands in the way: of a line, of a vendor's group, or of the whole cart. */
export interface FoundProblem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly lineId?: string;
  readonly groupId?: string;
  /** What the buyer can do about it, in a sentence. */
  readonly cure: string;
}

/** A line as the checkout sees it. */
export interface LineFacts {
  readonly lineId: string;
  readonly vendorId: string;
  readonly quantity: number;
  /** For sale by its owner, published, and with a price. */
  readonly isSellable: boolean;
  /** Pieces to be had; null where nobody could say, and the reservation will. */
  readonly available: number | null;
  readonly maxPerOrder: number | null;
}

/** The goods of one vendor as the checkout sees them. */
export interface GroupFacts {
  readonly groupId: string;
  readonly vendorId: string;
  readonly vendorName: string;
  readonly isOpen: boolean;
  /** Minor units; null where there is no minimum. */
  readonly minimumMinor: number | null;
  /** Goods at unit price times quantity, in minor units. */
  readonly subtotalMinor: number;
  /** Ways to send them there. */
  readonly methodIds: readonly string[];
  readonly chosenMethodId: string | null;
}

/** Everything that decides whether a cart can become an order. */
export interface CheckoutFacts {
  readonly lines: readonly LineFacts[];
  readonly groups: readonly GroupFacts[];
  readonly hasContact: boolean;
  readonly hasAddress: boolean;
  /** Regions of which the address must name one, since taxes follow it; none where all is clear. */
  readonly regionsExpected: readonly string[];
  /** Codes that give nothing now. */
  readonly rejectedCoupons: readonly { readonly code: string; readonly message: string }[];
  /** Why it cannot be paid as wished, in a sentence for people; null where it can, or no way was named. */
  readonly whyNotPayable: string | null;
}

/**
 * What stands in the way of an order. The cart's `problems` and `placeOrder` both ask this, so that what the one shows and
 * the other answers cannot differ.
 */
export function findProblems(facts: CheckoutFacts): FoundProblem[] {
  const closed = new Set(facts.groups.filter(({ isOpen }) => !isOpen).map(({ vendorId }) => vendorId));
  return [
    ...facts.lines.filter(({ vendorId }) => !closed.has(vendorId)).flatMap(ofLine),
    ...facts.groups.flatMap((group) => ofGroup(group, facts.hasAddress)),
    ...facts.rejectedCoupons.map(({ code, message }) => ({ code: 'COUPON_INVALID' as const, message, cure: `Take ${code} off the cart, or mend what it asks for.` })),
    ...(facts.hasContact ? [] : [{ code: 'CONTACT_MISSING' as const, message: 'Nobody can be told about the order.', cure: 'Set an e-mail address or a telephone number with setCartContact.' }]),
    ...(facts.whyNotPayable === null ? [] : [{ code: 'PAYMENT_NOT_OFFERED' as const, message: facts.whyNotPayable, cure: 'Choose one of the cart\'s paymentMethods that is available.' }]),
    ...(facts.hasAddress ? [] : [{ code: 'ADDRESS_MISSING' as const, message: 'Nobody knows where to send the goods.', cure: 'Set an address with setCartAddress.' }]),
    ...(facts.regionsExpected.length === 0 ? [] : [unclear(facts.regionsExpected)]),
  ].sort((a, b) => problemCodes.indexOf(a.code) - problemCodes.indexOf(b.code));
}

function unclear([region]: readonly string[]): FoundProblem {
  return { code: 'ADDRESS_UNCLEAR', message: 'Taxes follow the region of the address, and nobody knows the region as it is written.', cure: `Set the address anew with setCartAddress, with the region by its code, such as ${region}.` };
}

function ofLine({ lineId, quantity, isSellable, available, maxPerOrder }: LineFacts): FoundProblem[] {
  if (!isSellable) return [{ code: 'OFFER_UNAVAILABLE', lineId, message: 'This is not for sale any more.', cure: 'Take it out of the cart.' }];
  const over: FoundProblem[] = maxPerOrder !== null && quantity > maxPerOrder ? [{ code: 'OVER_MAXIMUM', lineId, message: `One order may have at most ${maxPerOrder} of this.`, cure: `Lower it to ${maxPerOrder}.` }] : [];
  if (available === null || available >= quantity) return over;
  return available > 0
    ? [...over, { code: 'QUANTITY_REDUCED', lineId, message: `Only ${available} are left.`, cure: `Lower it to ${available}.` }]
    : [...over, { code: 'OUT_OF_STOCK', lineId, message: 'None is left.', cure: 'Take it out of the cart, or wait until it is back.' }];
}

function ofGroup(group: GroupFacts, hasAddress: boolean): FoundProblem[] {
  const { groupId, vendorName, isOpen, minimumMinor, subtotalMinor } = group;
  if (!isOpen) return [{ code: 'VENDOR_CLOSED', groupId, message: `${vendorName} does not sell now.`, cure: 'Take its goods out of the cart.' }];
  const below: FoundProblem[] = minimumMinor !== null && subtotalMinor < minimumMinor
    ? [{ code: 'BELOW_MINIMUM', groupId, message: `${vendorName} sells from a minimum on that is not reached.`, cure: `Add goods of this vendor worth ${minimumMinor - subtotalMinor} minor units more.` }] : [];
  return [...below, ...(hasAddress ? ofShipping(group) : [])];
}

function ofShipping({ groupId, vendorName, methodIds, chosenMethodId }: GroupFacts): FoundProblem[] {
  if (methodIds.length === 0) return [{ code: 'UNSERVICEABLE', groupId, message: `${vendorName} does not send to this address.`, cure: 'Choose another address, or take its goods out of the cart.' }];
  if (chosenMethodId === null) return [{ code: 'SHIPPING_NOT_CHOSEN', groupId, message: `How ${vendorName} sends its goods is not chosen yet.`, cure: 'Choose one of the shipping options with chooseShipping.' }];
  return methodIds.includes(chosenMethodId) ? [] : [{ code: 'SHIPPING_GONE', groupId, message: `The chosen way of shipping of ${vendorName} is not there any more.`, cure: 'Choose another one with chooseShipping.' }];
}
