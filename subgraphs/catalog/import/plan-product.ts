import { fixedId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { isDeepStrictEqual } from 'node:util';
import type { CatalogTx } from '../context.js';
import { changedProduct, productChangeRules, withoutNulls } from '../product/change-product.js';
import { missingAttributes } from '../product/check-attributes.js';
import { draftOf, newProductRules } from '../product/create-product.js';
import { productStateOf } from '../product/product-state.js';
import { ProductStatus, type NewProductRow, type ProductRow } from '../product/product.row.js';
import { published } from '../product/publish-product.js';
import { ImportField } from './import-field.js';
import type { ImportRow } from './import-job.row.js';
import { first, newProductOf, productChangesOf, type RowGroup, type Surroundings } from './product-wish.js';
import { errorsOf } from './row-errors.js';

/** What is to be done with a product. */
export type Plan =
  | { readonly kind: 'create'; readonly row: NewProductRow }
  | { readonly kind: 'change'; readonly current: ProductRow; readonly row: ProductRow }
  | { readonly kind: 'leave'; readonly row: ProductRow }
  | { readonly kind: 'refuse'; readonly errors: string[] };

/** The id of the product that rows of a key make: the same in every run and import, so that none is made twice. */
export function importedId(tenantId: string, { vendorId }: Pick<ImportRow, 'vendorId'>, key: string): string {
  return fixedId('prod', `import ${tenantId} ${vendorId ?? ''} ${key}`);
}

/** Decides what rows do with a product; nothing is written. */
export async function planProduct(tx: CatalogTx, job: ImportRow, group: RowGroup, { current, ...surroundings }: Surroundings & { readonly current: ProductRow | undefined }): Promise<Plan> {
  try {
    if (!current) return await planNew(tx, job, group, surroundings);
    if (job.vendorId !== undefined && current.vendorId !== job.vendorId) return planOthers(group, current);
    return await planChange(tx, job, group, { ...surroundings, current });
  } catch (error) {
    return { kind: 'refuse', errors: errorsOf(error) };
  }
}

async function planNew(tx: CatalogTx, job: ImportRow, group: RowGroup, surroundings: Surroundings): Promise<Plan> {
  if (!surroundings.type) return refuse(first(group, ImportField.PRODUCT_TYPE) ? 'There is no such product type.' : 'A new product needs a product type.');
  const wish = parsed(newProductRules, newProductOf(group, surroundings, job.vendorId), []);
  const row = await draftOf(tx, wish, importedId(tx.tenant.id, job, group.key));
  if (!('_id' in row)) return refuse(row.message);
  const shown = shownOf(job, group, { row, type: surroundings.type });
  if (typeof shown === 'string') return refuse(shown);
  return { kind: 'create', row: shown ? { ...row, status: ProductStatus.PUBLISHED, publishedAt: tx.clock.now() } : row };
}

async function planChange(tx: CatalogTx, job: ImportRow, group: RowGroup, { current, ...surroundings }: Surroundings & { readonly current: ProductRow }): Promise<Plan> {
  const isSeen = current.status === ProductStatus.PUBLISHED || current.status === ProductStatus.SCHEDULED;
  if (isSeen && !job.maySell) return refuse(notApproved);
  const changes = parsed(productChangeRules, withoutNulls(productChangesOf(group, surroundings, current)), []);
  const next = await changedProduct(tx, current, changes);
  if (!('_id' in next)) return refuse(next.message);
  const shown = surroundings.type && current.status !== ProductStatus.PUBLISHED ? shownOf(job, group, { row: next, type: surroundings.type }) : false;
  if (typeof shown === 'string') return refuse(shown);
  const row = shown ? { ...published(next, tx.clock.now()), taxClass: surroundings.type?.taxClass } : next;
  return isDeepStrictEqual(said(row), said(current)) ? { kind: 'leave', row: current } : { kind: 'change', current, row };
}

/** Somebody else's product stays as it is; where shoppers see it, the vendor may offer it. */
function planOthers(group: RowGroup, current: ProductRow): Plan {
  const mayOffer = current.status === ProductStatus.PUBLISHED && first(group, ImportField.VENDOR_SKU) !== undefined;
  return mayOffer ? { kind: 'leave', row: current } : refuse(`The SKU “${group.rows[0]?.sku ?? ''}” belongs to another variant. Choose another one.`);
}

/** Whether a product is to be shown to shoppers, or in words why it cannot be. */
function shownOf(job: ImportRow, group: RowGroup, { row, type }: { readonly row: Pick<NewProductRow, 'attributes'>; readonly type: NonNullable<Surroundings['type']> }): boolean | string {
  const status = first(group, ImportField.STATUS)?.toUpperCase();
  if (status !== undefined && !(status in ProductStatus)) return `“${status.slice(0, 30)}” is no status; expected DRAFT or PUBLISHED.`;
  const isAsked = status === ProductStatus.PUBLISHED;
  if (!isAsked && (status !== undefined || !job.publishes)) return false;
  if (!job.maySell) return isAsked ? notApproved : false;
  const missing = missingAttributes(type.attributes, row.attributes);
  if (missing.length === 0) return true;
  return isAsked ? `Fill in ${missing.join(', ')} first.` : false;
}

const notApproved = 'Not before the vendor is approved.';

function refuse(...errors: string[]): Plan {
  return { kind: 'refuse', errors };
}

function said(row: NewProductRow): unknown {
  return JSON.parse(JSON.stringify(productStateOf(row)));
}
