import type { CheckoutFacts, GroupFacts, LineFacts } from './find-problems.js';
import type { Gathered } from './gathered.js';

/** What {@link findProblems} asks of what was gathered. Stock is not among it: the reservation says what is left, at the moment that counts. `payWith` is null before the buyer said so. */
export function checkoutFactsOf(gathered: Gathered, payWith: string | null): CheckoutFacts {
  const { cart } = gathered;
  return {
    lines: cart.lines.map((line) => lineFacts(line, gathered)),
    groups: cart.groups.map((group) => groupFacts(group, gathered)),
    hasContact: (cart.contact?.email ?? cart.contact?.phone ?? null) !== null,
    hasAddress: cart.shippingAddress !== null,
    regionsExpected: gathered.goods.regionsExpected ?? [],
    rejectedCoupons: rejectedCoupons(gathered, payWith),
    whyNotPayable: gathered.payable?.outcome === 'NOT_OFFERED' ? gathered.payable.why : null,
  };
}

/** A coupon that asks for a way to ship or to pay may still give something until one is chosen. */
function rejectedCoupons({ goods, priced }: Gathered, payWith: string | null): CheckoutFacts['rejectedCoupons'] {
  const notYet = [...(priced ? [] : ['SHIPPING_METHOD']), ...(payWith === null ? ['PAYMENT'] : [])];
  const rejected = (priced ?? goods).rejected.filter(({ condition }) => !condition || !notYet.includes(condition));
  return rejected.flatMap(({ couponCode, name }) => (couponCode === null ? [] : [{ code: couponCode, message: `${name} gives nothing on this cart.` }]));
}

function lineFacts({ lineId, offerId, vendorId, quantity }: Gathered['cart']['lines'][number], { offers, goods }: Gathered): LineFacts {
  const offer = offers.find((one) => one.offerId === offerId);
  const hasPrice = !goods.withoutPrice.includes(offerId);
  return { lineId, vendorId, quantity, isSellable: offer !== undefined && offer.whyNot === null && hasPrice, available: null, maxPerOrder: offer?.maxPerOrder ?? null };
}

function groupFacts({ groupId, vendorId, shippingMethodId }: Gathered['cart']['groups'][number], { vendors, goods, shipping }: Gathered): GroupFacts {
  const vendor = vendors.find((one) => one.vendorId === vendorId);
  return {
    groupId, vendorId, vendorName: vendor?.name ?? 'This vendor', isOpen: vendor?.openNow ?? false, minimumMinor: vendor?.minimumOrderMinor ?? null,
    subtotalMinor: goods.vendors.find((one) => one.vendorId === vendorId)?.subtotalMinor ?? 0,
    methodIds: shipping.find((one) => one.vendorId === vendorId)?.options.map(({ methodId }) => methodId) ?? [], chosenMethodId: shippingMethodId,
  };
}
