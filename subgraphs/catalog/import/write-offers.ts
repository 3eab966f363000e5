import { offerChanged } from '@haat/schema/events/catalog';
import { lineOf } from '@haat/kit/limits';
import { parsed } from '@haat/kit/input';
import { readMax } from '@haat/kit-mongo/mongo-collection';
import { among } from '@haat/kit-mongo/mongo-where';
import { z } from 'zod';
import type { CatalogTx } from '../context.js';
import { perOrderMax, weightGramsMax } from '../limits.js';
import { offerStateOf } from '../offer/offer-state.js';
import { offerId, offers, OfferStatus, type NewOfferRow, type OfferRow } from '../offer/offer.row.js';
import { products, type NewProductRow } from '../product/product.row.js';
import { ImportField } from './import-field.js';
import type { ImportRow } from './import-job.row.js';
import type { RowWish } from './read-row.js';
import { errorsOf } from './row-errors.js';

/** A row whose product is as it says. */
export interface Offering {
  readonly row: RowWish;
  readonly product: NewProductRow;
}

const count = (max: number) => z.coerce.number().pipe(z.int().min(1).max(max)).optional();
const rules = z.object({ vendorSku: lineOf(64), weightGrams: count(weightGramsMax), maxPerOrder: count(perOrderMax) });

/** Offers that rows make or change for the vendor of the import, by few commands; answers what is wrong, by the place of the row. */
export async function writeOffers(tx: CatalogTx, job: ImportRow, offerings: readonly Offering[]): Promise<Map<number, string[]>> {
  const errors = new Map<number, string[]>();
  const { vendorId } = job;
  const asked = offerings.filter(({ row }) => row.said(ImportField.VENDOR_SKU) !== undefined);
  if (asked.length === 0) return errors;
  if (vendorId === undefined) return new Map(asked.map(({ row }) => [row.at, ['An offer needs a vendor, and the import has none.']]));
  const wishes = asked.flatMap((offering) => wishOf(tx, vendorId, offering, errors));
  const standing = await tx.db.collection(offers).findByIds(wishes.map(({ _id }) => _id));
  const holders = await holdersOf(tx, vendorId, wishes);
  const fresh: (NewOfferRow & { readonly at: number })[] = [];
  for (const [n, wish] of wishes.entries()) {
    const holder = holders.get(wish.vendorSku);
    if (holder !== undefined && holder !== wish._id) errors.set(wish.at, [skuTaken(wish.vendorSku)]);
    else await takeOne(tx, job, { wish, current: standing[n] ?? undefined, fresh });
    holders.set(wish.vendorSku, holder ?? wish._id);
  }
  if (!job.isDryRun) await insertFresh(tx, fresh, errors);
  return errors;
}

type Wish = Pick<NewOfferRow, '_id' | 'productId' | 'variantId' | 'vendorId' | 'vendorSku' | 'weightGrams' | 'maxPerOrder'> & { readonly at: number; readonly offeredBy: readonly string[] };

function wishOf(tx: CatalogTx, vendorId: string, { row, product }: Offering, errors: Map<number, string[]>): Wish[] {
  const variantId = product.variants.find(({ sku }) => sku.toUpperCase() === row.sku.toUpperCase())?.id;
  if (variantId === undefined) return [];
  try {
    const { vendorSku, weightGrams, maxPerOrder } = parsed(rules, { vendorSku: row.said(ImportField.VENDOR_SKU), weightGrams: row.said(ImportField.WEIGHT_GRAMS), maxPerOrder: row.said(ImportField.MAX_PER_ORDER) }, []);
    const terms = { ...(weightGrams && { weightGrams }), ...(maxPerOrder && { maxPerOrder }) };
    return [{ _id: offerId(tx.tenant.id, vendorId, variantId), at: row.at, productId: product._id, variantId, vendorId, vendorSku, offeredBy: product.offeredBy, ...terms }];
  } catch (error) {
    errors.set(row.at, errorsOf(error));
    return [];
  }
}

/** Which offers of the vendor have the wanted numbers now. */
async function holdersOf(tx: CatalogTx, vendorId: string, wishes: readonly Wish[]): Promise<Map<string, string>> {
  const numbers = [...new Set(wishes.map(({ vendorSku }) => vendorSku))];
  if (numbers.length === 0) return new Map();
  const rows = await tx.db.collection(offers).page({ vendorId, vendorSku: among(numbers) }, { limit: readMax });
  return new Map(rows.map(({ vendorSku, _id }) => [vendorSku, _id]));
}

interface Taking {
  readonly wish: Wish;
  readonly current: OfferRow | undefined;
  readonly fresh: (NewOfferRow & { readonly at: number })[];
}

async function takeOne(tx: CatalogTx, job: ImportRow, { wish: { at, offeredBy, ...wish }, current, fresh }: Taking): Promise<void> {
  if (fresh.some(({ _id }) => _id === wish._id)) return;
  if (!current) {
    fresh.push({ ...wish, at, shippingProfile: 'standard', metadata: [], status: job.maySell ? OfferStatus.ACTIVE : OfferStatus.DRAFT });
    if (!job.isDryRun && !offeredBy.includes(wish.vendorId)) await noteSeller(tx, wish.productId, wish.vendorId);
    return;
  }
  const isSame = current.vendorSku === wish.vendorSku && (wish.weightGrams ?? current.weightGrams) === current.weightGrams && (wish.maxPerOrder ?? current.maxPerOrder) === current.maxPerOrder;
  if (isSame || job.isDryRun || (current.status === OfferStatus.ACTIVE && !job.maySell)) return;
  await tx.db.collection(offers).change(current._id, async (now) => {
    const next = { ...now, ...wish };
    await tx.emit(offerChanged, { aggregate: { id: now._id, version: now.version + 1 }, payload: offerStateOf(next) });
    return next;
  }, { followUp: true });
}

/** Somebody else's product, which no other part of the import writes. */
async function noteSeller(tx: CatalogTx, productId: string, vendorId: string): Promise<void> {
  await tx.db.collection(products).change(productId, (current) => (current.offeredBy.includes(vendorId) ? undefined : { ...current, offeredBy: [...current.offeredBy, vendorId] }), { followUp: true });
}

async function insertFresh(tx: CatalogTx, fresh: readonly (NewOfferRow & { readonly at: number })[], errors: Map<number, string[]>): Promise<void> {
  if (fresh.length === 0) return;
  const rows = fresh.map(({ at: _, ...row }) => row);
  const outcomes = await tx.db.collection(offers).insertMany(rows, (row) => tx.emit(offerChanged, { aggregate: { id: row._id, version: 1 }, payload: offerStateOf(row) }));
  for (const [n, outcome] of outcomes.entries()) {
    const row = fresh[n];
    if (row && 'duplicate' in outcome) errors.set(row.at, [skuTaken(row.vendorSku)]);
  }
}

function skuTaken(vendorSku: string): string {
  return `Another offer of the vendor has the number “${vendorSku}”. Choose another one.`;
}
