import { productChanged, productPublished } from '@haat/schema/events/catalog';
import { checkInTime, releaseKeys } from '../claim/claim-keys.js';
import { claimable, claimMany, ownersOf } from '../claim/claim-many.js';
import { claimId, type ClaimKey } from '../claim/claim-keys.js';
import type { CatalogTx } from '../context.js';
import { contractOf, productStateOf } from '../product/product-state.js';
import { products, ProductStatus, type NewProductRow } from '../product/product.row.js';
import { keysOf } from '../product/write-product.js';
import { slugOf } from '../slug.js';
import { noteProductCount } from '../usage/note-product-count.js';
import { ProductLimitReached } from '../usage/room-for-products.js';
import { takePlaces } from '../usage/take-places.js';
import type { Plan } from './plan-product.js';

/** A plan of one product, and whether its slugs were made of its titles. */
export interface Planned {
  plan: Plan;
  readonly hasOwnSlug: boolean;
}

/** Writes what is planned by few commands, or only looks whether it could. What cannot be is refused in its place. */
export async function writeProducts(tx: CatalogTx, planned: readonly Planned[], { isDryRun }: { readonly isDryRun: boolean }): Promise<void> {
  await freeSlugs(tx, planned);
  const claimers = planned.flatMap(({ plan }) => (plan.kind === 'create' || plan.kind === 'change' ? [{ ownerId: plan.row._id, keys: keysOf(plan.row) }] : []));
  const taken = await (isDryRun ? claimable : claimMany)(tx, claimers);
  for (const one of planned) {
    const key = one.plan.kind === 'refuse' ? undefined : taken.get(one.plan.row._id);
    if (key) one.plan = { kind: 'refuse', errors: [wordsOf(key)] };
  }
  if (isDryRun) return;
  await takeRoom(tx, planned);
  checkInTime(tx);
  await insertNew(tx, planned);
  for (const { plan } of planned) if (plan.kind === 'change') await change(tx, plan);
}

/** Titles are often the same, and what a file does not name nobody chose: a taken slug gets the SKU behind it. */
async function freeSlugs(tx: CatalogTx, planned: readonly Planned[]): Promise<void> {
  const made = planned.flatMap(({ plan, hasOwnSlug }) => (plan.kind === 'create' && !hasOwnSlug ? [plan] : []));
  const owners = await ownersOf(tx, made.flatMap(({ row }) => keysOf(row).filter(({ kind }) => kind === 'product')));
  for (const one of made) {
    const texts = Object.entries(one.row.texts).map(([locale, text]) => {
      const id = claimId(tx.tenant.id, { kind: 'product', key: text.slug });
      const isFree = (owners.get(id) ?? one.row._id) === one.row._id;
      if (isFree) owners.set(id, one.row._id);
      return [locale, isFree ? text : { ...text, slug: slugOf(`${text.slug.slice(0, slugRoom)} ${one.row.variants[0]?.sku ?? ''}`) }] as const;
    });
    Object.assign(one.row, { texts: Object.fromEntries(texts) });
  }
}

/** Characters of a slug that leave room for a SKU. */
const slugRoom = 50;

/** Others may have made products since it was looked how many there is room for: the last ones of the file are refused, and give back what they claimed. */
async function takeRoom(tx: CatalogTx, planned: readonly Planned[]): Promise<void> {
  const fresh = planned.flatMap((one) => (one.plan.kind === 'create' ? [{ one, row: one.plan.row }] : []));
  const fitting = await takePlaces(tx, fresh.map(({ row }) => row._id));
  for (const { one, row } of fresh.slice(fitting)) {
    one.plan = { kind: 'refuse', errors: [ProductLimitReached.of(tx.tenant.limits['products'] ?? 0).message] };
    await releaseKeys(tx, keysOf(row));
  }
}

async function insertNew(tx: CatalogTx, planned: readonly Planned[]): Promise<void> {
  const rows = planned.flatMap(({ plan }) => (plan.kind === 'create' ? [plan.row] : []));
  if (rows.length === 0) return;
  await noteProductCount(tx);
  const saying = (row: NewProductRow): Promise<void> => tx.emit(contractOf(row.status), { aggregate: { id: row._id, version: 1 }, payload: productStateOf(row) });
  const outcomes = await tx.db.collection(products).insertMany(rows, saying);
  const late = outcomes.findIndex((outcome) => 'duplicate' in outcome);
  // Another run made it a moment ago; trying the chunk again finds it.
  if (late >= 0) throw new Error(`The product ${rows[late]?._id} was made meanwhile.`);
}

async function change(tx: CatalogTx, { current, row }: Extract<Plan, { kind: 'change' }>): Promise<void> {
  const isShown = row.status === ProductStatus.PUBLISHED && current.status !== ProductStatus.PUBLISHED;
  await tx.db.collection(products).change(row._id, async ({ version }) => {
    if (version !== current.version) throw new Error(`The product ${row._id} was changed meanwhile.`);
    await tx.emit(isShown ? productPublished : productChanged, { aggregate: { id: row._id, version: version + 1 }, payload: productStateOf(row) });
    return row;
  }, { followUp: true });
}

function wordsOf({ kind, key }: ClaimKey): string {
  return kind === 'sku' ? `The SKU “${key}” belongs to another variant. Choose another one.` : `The address “${key}” belongs to another product. Choose another slug.`;
}
