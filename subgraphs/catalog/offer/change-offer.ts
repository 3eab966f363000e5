import { offerChanged } from '@haat/schema/events/catalog';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { forbidden, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { checkMaySell, mayManage } from '../access/may.js';
import type { CatalogTx } from '../context.js';
import { offerRules } from './create-offer.js';
import { mayMove } from './offer-moves.js';
import { OfferStatusRefused, VendorSkuTaken } from './offer-problems.js';
import { offerStateOf } from './offer-state.js';
import { offers, OfferStatus, type OfferRow } from './offer.row.js';
import { Offer } from './offer.type.js';

/** What changes of an offer. */
@InputType({ description: 'What changes of an offer; what is left out stays.' })
export class ChangeOfferInput {
  @Field(() => ID, { description: 'The offer to be changed; begins with ofr_.' }) offerId: string;
  @Field(() => String, { nullable: true, description: "The vendor's own number of it, 1 to 64 characters, unique at the vendor." }) vendorSku?: string | null;
  @Field(() => OfferStatus, { nullable: true, description: 'Its next state. Only operators block, and lift a block.' }) status?: OfferStatus | null;
  @Field(() => Int, { nullable: true, description: 'What one piece weighs with its wrapping: 1 to 25,000,000 grams.' }) weightGrams?: number | null;
  @Field(() => Int, { nullable: true, description: 'How many pieces one order may have, 1 to 100,000; null lifts the limit.' }) maxPerOrder?: number | null;
  @Field(() => String, { nullable: true, description: "By which of the vendor's ways it is sent, by key." }) shippingProfile?: string | null;
}

/** The offer, or why it stays as it was. */
export const ChangeOfferResult = resultOf('ChangeOfferResult', 'The offer as it is now, or why it was left.', [Offer, VendorSkuTaken, OfferStatusRefused]);

const rules = z.object({ offerId: idText, status: z.enum(OfferStatus).nullish(), ...offerRules, vendorSku: offerRules.vendorSku.nullish(), shippingProfile: offerRules.shippingProfile.nullish() });
type Wish = z.infer<typeof rules>;

/** Changes an offer's terms or state. */
export async function changeOffer(tx: CatalogTx, input: ChangeOfferInput): Promise<Offer | VendorSkuTaken | OfferStatusRefused> {
  const wish = parsed(rules, input);
  const { vendorId, productId, variantId } = await offerToManage(tx, wish.offerId);
  if (wish.status === OfferStatus.ACTIVE) await checkMaySell(tx, vendorId);
  const product = await tx.loaders.productsById.load(productId);
  const isForm = product?.variants.some(({ id }) => id === variantId) ?? false;
  let refused: OfferStatusRefused | undefined;
  const written = await tx.db.collection(offers).change(wish.offerId, async (current) => {
    const to = wish.status ?? current.status;
    refused = refusedMove(current.status, to, { isForm, isOperator: mayManage(tx.viewer, undefined) });
    if (refused) return undefined;
    const next = changed(current, wish);
    await tx.emit(offerChanged, { aggregate: { id: next._id, version: current.version + 1 }, payload: offerStateOf(next) });
    return next;
  });
  if (refused) return refused;
  if ('duplicate' in written) return VendorSkuTaken.of(wish.vendorSku ?? '');
  if ('missing' in written) throw notFound('offer');
  return Offer.of(written.document);
}

/** What keeps an offer from a state. A variant may go once its offers are archived, and they do not come back without it. */
function refusedMove(from: OfferStatus, to: OfferStatus, { isForm, isOperator }: { readonly isForm: boolean; readonly isOperator: boolean }): OfferStatusRefused | undefined {
  if (!mayMove(from, to, isOperator)) return OfferStatusRefused.of(from, to);
  return isForm || from === to || to === OfferStatus.ARCHIVED ? undefined : OfferStatusRefused.of(from, to, 'Its product does not come in this variant any more.');
}

/** An offer that whoever asks may change: one on sale, only once its vendor is approved. A draft of somebody else does not exist for them. */
export async function offerToManage(tx: CatalogTx, id: string): Promise<OfferRow> {
  const row = await tx.db.collection(offers).findById(id);
  if (row && mayManage(tx.viewer, row.vendorId)) {
    if (row.status === OfferStatus.ACTIVE) await checkMaySell(tx, row.vendorId);
    return row;
  }
  throw row?.status === OfferStatus.ACTIVE ? forbidden() : notFound('offer');
}

function changed(current: OfferRow, { vendorSku, status, weightGrams, maxPerOrder, shippingProfile }: Wish): OfferRow {
  return {
    ...current, vendorSku: vendorSku ?? current.vendorSku, status: status ?? current.status, weightGrams: weightGrams ?? current.weightGrams,
    maxPerOrder: maxPerOrder === null ? undefined : (maxPerOrder ?? current.maxPerOrder), shippingProfile: shippingProfile ?? current.shippingProfile,
  };
}
