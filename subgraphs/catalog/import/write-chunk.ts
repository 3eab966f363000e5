import { isId } from '@haat/kit/id';
import { claimId, skuKey, type ClaimKey } from '../claim/claim-keys.js';
import { ownersOf } from '../claim/claim-many.js';
import type { CatalogTx } from '../context.js';
import { products, type ProductRow } from '../product/product.row.js';
import { ImportField } from './import-field.js';
import { importChunks, ImportRowStatus, type ChunkRow, type ImportRow, type RowResult } from './import-job.row.js';
import { rowErrorsMax } from './import-limits.js';
import { keepToPlan } from './keep-to-plan.js';
import { importedId, planProduct } from './plan-product.js';
import { categorySlugsOf, first, type RowGroup } from './product-wish.js';
import { readRow, type RowWish } from './read-row.js';
import { writeOffers, type Offering } from './write-offers.js';
import { writeProducts, type Planned } from './write-products.js';

/**
 * Writes what the rows of a chunk say, or only tries; what became of each is kept in the chunk, last of all. A chunk that a
 * crash cut off is done again: products, offers and claims have ids made of what they are, so each is found and none made twice.
 */
export async function writeChunk(tx: CatalogTx, job: ImportRow, chunk: ChunkRow): Promise<ChunkRow> {
  const results = await resultsOf(tx, job, chunk);
  const hasFailed = results.some(({ status }) => status === ImportRowStatus.FAILED);
  const written = await tx.db.collection(importChunks).change(chunk._id, (current) => ({ ...current, run: job.run, results, hasFailed }));
  if (!('document' in written)) throw new Error(`The chunk ${chunk._id} is gone.`);
  return written.document;
}

async function resultsOf(tx: CatalogTx, job: ImportRow, chunk: ChunkRow): Promise<RowResult[]> {
  const read = chunk.rows.map((row, at) => readRow(job, row, at));
  const results = new Map<number, RowResult>(read.flatMap((one, at) => ('errors' in one ? [[at, failed(one.errors)] as const] : [])));
  const found = groupsOf(read.filter((one): one is RowWish => !('errors' in one)), results);
  const { groups, standing } = together(found, await standingOf(tx, job, found));
  const planned = await plansOf(tx, job, groups, standing);
  await keepToPlan(tx, job, planned);
  await writeProducts(tx, planned, job);
  const offerings: Offering[] = [];
  for (const [n, { rows }] of groups.entries()) {
    const plan = planned[n]?.plan;
    if (!plan) continue;
    if (plan.kind !== 'refuse') offerings.push(...rows.filter((row) => isIn(plan.row, row)).map((row) => ({ row, product: plan.row })));
    for (const [place, row] of rows.entries()) results.set(row.at, resultOf(job, plan, { row, isFirst: place === 0 }));
  }
  for (const [at, errors] of await writeOffers(tx, job, offerings)) results.set(at, { ...results.get(at), ...failed(errors) });
  return chunk.rows.map((_, at) => results.get(at) ?? failed(['It was passed over.']));
}

/** Rows of one product, in their order. Of two rows with one SKU the later is refused. */
function groupsOf(rows: readonly RowWish[], results: Map<number, RowResult>): RowGroup[] {
  const groups = new Map<string, RowWish[]>();
  const skus = new Set<string>();
  for (const row of rows) {
    const isTwice = skus.has(row.sku.toUpperCase());
    skus.add(row.sku.toUpperCase());
    if (isTwice) results.set(row.at, failed([`The SKU “${row.sku.slice(0, 64)}” is in an earlier row as well.`]));
    else groups.set(row.key, [...(groups.get(row.key) ?? []), row]);
  }
  return [...groups].map(([key, of]) => ({ key, rows: of }));
}

/** Rows without a number of their own may turn out to be of one product: they are written together, since a product is one document. */
function together(groups: readonly RowGroup[], standing: readonly (ProductRow | undefined)[]): { readonly groups: RowGroup[]; readonly standing: (ProductRow | undefined)[] } {
  const merged: { group: RowGroup; current: ProductRow | undefined }[] = [];
  for (const [n, group] of groups.entries()) {
    const current = standing[n];
    const same = current && merged.find((one) => one.current?._id === current._id);
    if (same) same.group = { key: same.group.key, rows: [...same.group.rows, ...group.rows] };
    else merged.push({ group, current });
  }
  return { groups: merged.map(({ group }) => group), standing: merged.map(({ current }) => current) };
}

/** One look for the categories; types are kept by the loader. */
async function plansOf(tx: CatalogTx, job: ImportRow, groups: readonly RowGroup[], standing: readonly (ProductRow | undefined)[]): Promise<Planned[]> {
  const categories = await categoryIdsOf(tx, groups);
  const planned: Planned[] = [];
  for (const [n, group] of groups.entries()) {
    const current = standing[n];
    const typeKey = current?.typeKey ?? first(group, ImportField.PRODUCT_TYPE) ?? job.productType;
    const type = typeKey === undefined ? null : await tx.loaders.productTypesByKey.load(typeKey);
    const plan = await planProduct(tx, job, group, { current, type: type ?? undefined, categories });
    planned.push({ plan, hasOwnSlug: first(group, ImportField.SLUG) !== undefined });
  }
  return planned;
}

/** The product of each group: the one that has their number as its id, as in an export; the one that an import made of it; or, without a number of their own, whichever has the SKU. */
async function standingOf(tx: CatalogTx, job: ImportRow, groups: readonly RowGroup[]): Promise<(ProductRow | undefined)[]> {
  const skus = groups.map(({ rows }): ClaimKey => ({ kind: 'sku', key: skuKey(rows[0]?.sku ?? '') }));
  const owners = await ownersOf(tx, skus);
  const made = groups.map(({ key }) => importedId(tx.tenant.id, job, key));
  const bearers = groups.map(({ rows: [row] }, n) => (row?.externalId === undefined ? owners.get(claimId(tx.tenant.id, skus[n] ?? { kind: 'sku', key: '' })) : undefined));
  const named = groups.map(({ rows: [row] }) => (isId('prod', row?.externalId ?? '') ? row?.externalId : undefined));
  const rows = await tx.db.collection(products).findByIds([...made, ...[...bearers, ...named].flatMap((id) => id ?? [])]);
  const found = new Map(rows.flatMap((row) => (row ? [[row._id, row] as const] : [])));
  return groups.map((_, n) => {
    const bearer = found.get(bearers[n] ?? '');
    const isBorne = bearer?.variants.some(({ sku }) => skuKey(sku) === skus[n]?.key);
    return found.get(named[n] ?? '') ?? (isBorne ? bearer : undefined) ?? found.get(made[n] ?? '');
  });
}

async function categoryIdsOf(tx: CatalogTx, groups: readonly RowGroup[]): Promise<Map<string, string>> {
  const slugs = [...new Set(groups.flatMap(categorySlugsOf))];
  const keys = slugs.map((key): ClaimKey => ({ kind: 'category', key }));
  const owners = await ownersOf(tx, keys);
  const found = await Promise.all(slugs.map(async (slug, n) => {
    const id = owners.get(claimId(tx.tenant.id, keys[n] ?? { kind: 'category', key: slug }));
    const category = id === undefined ? null : await tx.loaders.categoriesById.load(id);
    return category ? [[slug, category._id] as const] : [];
  }));
  return new Map(found.flat());
}

/** What became of a row. Somebody else's product takes no variants: a row that would be a new one is not told as if it were there. */
function resultOf(job: ImportRow, plan: Planned['plan'], { row, isFirst }: { readonly row: RowWish; readonly isFirst: boolean }): RowResult {
  if (plan.kind === 'refuse') return failed(plan.errors);
  return isIn(plan.row, row) ? good(job, plan, isFirst) : failed([`The product has no variant with the SKU “${row.sku}”, and is not the vendor's to change.`]);
}

function isIn({ variants }: Pick<ProductRow, 'variants'>, { sku }: RowWish): boolean {
  return variants.some((variant) => variant.sku.toUpperCase() === sku.toUpperCase());
}

/** The first row of a product tells what became of it. */
function good(job: ImportRow, plan: Accepted, isFirst: boolean): RowResult {
  const effect = isFirst ? effectOf(job, plan) : undefined;
  const isThere = plan.kind !== 'create' || !job.isDryRun;
  return { status: job.isDryRun ? ImportRowStatus.ACCEPTED : ImportRowStatus.IMPORTED, ...(isThere && { productId: plan.row._id }), ...(effect && { effect }) };
}

/** A product that needs nothing was written by an earlier try of this chunk where it is as young as the run. */
function effectOf({ isDryRun, startedAt = new Date(0) }: ImportRow, plan: Accepted): RowResult['effect'] {
  if (plan.kind === 'create') return 'CREATED';
  const isOfThisRun = plan.kind === 'change' ? plan.current.createdAt >= startedAt : plan.row.createdAt >= startedAt;
  if (plan.kind === 'change') return isOfThisRun ? undefined : 'CHANGED';
  if (isDryRun || plan.row.updatedAt < startedAt) return undefined;
  return isOfThisRun ? 'CREATED' : 'CHANGED';
}

type Accepted = Exclude<Planned['plan'], { readonly kind: 'refuse' }>;

function failed(errors: readonly string[]): RowResult {
  return { status: ImportRowStatus.FAILED, errors: errors.slice(0, rowErrorsMax) };
}
