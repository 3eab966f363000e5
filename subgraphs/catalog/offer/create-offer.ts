import { offerChanged } from '@haat/schema/events/catalog';
import { parsed } from '@haat/kit/input';
import { idText, lineOf } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { checkMayManage, checkMaySell } from '../access/may.js';
import type { CatalogTx } from '../context.js';
import { perOrderMax, weightGramsMax } from '../limits.js';
import { programKey } from '../product-type/define-product-type.js';
import { seesProduct } from '../product/find-products.js';
import { products, type ProductRow } from '../product/product.row.js';
import { OfferExists, VendorSkuTaken } from './offer-problems.js';
import { offerStateOf } from './offer-state.js';
import { offerId, offers, OfferStatus, type NewOfferRow, type OfferRow } from './offer.row.js';
import { Offer } from './offer.type.js';

/** A new offer. */
@InputType({ description: 'What a vendor sells of a variant. Price and stock are set elsewhere.' })
export class CreateOfferInput {
  @Field(() => ID, { description: 'The vendor who sells; begins with ven_.' }) vendorId: string;
  @Field(() => ID, { description: 'The variant that is sold; begins with var_.' }) variantId: string;
  @Field(() => String, { description: "The vendor's own number of it, 1 to 64 characters, unique at the vendor." }) vendorSku: string;
  @Field(() => Int, { nullable: true, description: 'What one piece weighs with its wrapping: 1 to 25,000,000 grams.' }) weightGrams?: number | null;
  @Field(() => Int, { nullable: true, description: 'How many pieces one order may have, 1 to 100,000; any number when left out.' }) maxPerOrder?: number | null;
  @Field(() => String, { defaultValue: 'standard', description: "By which of the vendor's ways it is sent, by key." }) shippingProfile: string;
  @Field(() => Boolean, { defaultValue: true, description: 'Whether it is for sale at once; else it is a draft.' }) isActive: boolean;
}

/** The offer, or why there is none. */
export const CreateOfferResult = resultOf('CreateOfferResult', 'The new offer, or why there is none.', [Offer, OfferExists, VendorSkuTaken]);

/** Parts of an offer in an input. */
export const offerRules = {
  vendorSku: lineOf(64), weightGrams: z.int().min(1).max(weightGramsMax).nullish(), maxPerOrder: z.int().min(1).max(perOrderMax).nullish(), shippingProfile: programKey,
} as const;
const rules = z.object({ vendorId: idText, variantId: idText, isActive: z.boolean(), ...offerRules });

/** Puts a variant on offer. Who offers a product is noted at it first, so that staff finds it; noted twice is noted once. */
export async function createOffer(tx: CatalogTx, input: CreateOfferInput): Promise<Offer | OfferExists | VendorSkuTaken> {
  const { vendorId, variantId, vendorSku, weightGrams, maxPerOrder, shippingProfile, isActive } = parsed(rules, input);
  checkMayManage(tx.viewer, vendorId);
  if (isActive) await checkMaySell(tx, vendorId);
  const product = await tx.db.collection(products).findOne({ 'variants.id': variantId });
  if (!product || !seesProduct(tx, product)) throw notFound('variant');
  const _id = offerId(tx.tenant.id, vendorId, variantId);
  if (await tx.db.collection(offers).findById(_id)) return OfferExists.of(_id);
  await noteVendor(tx, product, vendorId);
  const row: NewOfferRow = {
    _id, productId: product._id, variantId, vendorId, vendorSku, shippingProfile, metadata: [], status: isActive ? OfferStatus.ACTIVE : OfferStatus.DRAFT,
    ...(weightGrams && { weightGrams }), ...(maxPerOrder && { maxPerOrder }),
  };
  const inserted = await insertOffer(tx, row);
  if (typeof inserted === 'string') return inserted === '_id_' ? OfferExists.of(_id) : VendorSkuTaken.of(vendorSku);
  return Offer.of(inserted);
}

/** Writes an offer, or says which of its keys is taken. */
export async function insertOffer(tx: CatalogTx, row: NewOfferRow): Promise<OfferRow | string> {
  const saying = (): Promise<void> => tx.emit(offerChanged, { aggregate: { id: row._id, version: 1 }, payload: offerStateOf(row) });
  const inserted = await tx.db.collection(offers).insert(row, { saying });
  return 'document' in inserted ? inserted.document : inserted.duplicate;
}

async function noteVendor(tx: CatalogTx, product: ProductRow, vendorId: string): Promise<void> {
  if (product.offeredBy.includes(vendorId)) return;
  await tx.db.collection(products).change(product._id, (current) => (current.offeredBy.includes(vendorId) ? undefined : { ...current, offeredBy: [...current.offeredBy, vendorId] }), { followUp: true });
}
