import { invariant } from '@haat/kit/invariant';
import type { Stored } from '@haat/kit-mongo/define-collection';
import { deadlineExceeded } from '@haat/kit/refusal';
import type { z } from 'zod';
import { categories } from '../category/category.row.js';
import { productCollections } from '../collection/collection.row.js';
import type { CatalogTx } from '../context.js';
import { products } from '../product/product.row.js';
import { claims, type ClaimKind } from './claim.row.js';

/**
 * After this a claim that no document bears out is free, in milliseconds: its claimer died between claiming and writing.
 * Much longer than a request may take (a minute) with its slowest command (20 s).
 */
export const claimHoldMs = 5 * 60_000;

/** A key to be had by one owner. */
export interface ClaimKey {
  readonly kind: ClaimKind;
  readonly key: string;
}

type ClaimRow = Stored<z.infer<typeof claims.outgoing>>;

/**
 * Takes keys for an owner before its document is written: all of them, or none, and then says which one is another's.
 * Keys it has already stay its own, so repeating is safe. Call {@link checkInTime} right before the document's write.
 */
export async function claimKeys(tx: CatalogTx, ownerId: string, keys: readonly ClaimKey[]): Promise<ClaimKey | undefined> {
  const standing = await tx.db.collection(claims).findByIds(keys.map((key) => claimId(tx.tenant.id, key)));
  const taken: ClaimKey[] = [];
  for (const [at, key] of keys.entries()) {
    if (standing[at]?.ownerId === ownerId) continue;
    const isOurs = await claim(tx, { ownerId, key, standing: standing[at] ?? undefined });
    if (!isOurs) {
      await releaseKeys(tx, taken);
      return key;
    }
    taken.push(key);
  }
  return undefined;
}

/** Gives keys back. */
export async function releaseKeys(tx: CatalogTx, keys: readonly ClaimKey[]): Promise<void> {
  for (const key of keys) await tx.db.collection(claims).remove(claimId(tx.tenant.id, key), { followUp: true });
}

/** Refuses to write what was claimed too long ago to be sure that it is still ours. */
export function checkInTime(tx: CatalogTx): void {
  if (tx.deadline.remainingMs() === 0) throw deadlineExceeded('catalog');
}

/** The claim's `_id`. */
export function claimId(tenantId: string, { kind, key }: ClaimKey): string {
  return `${tenantId}:${kind}:${key}`;
}

interface Claiming {
  readonly ownerId: string;
  readonly key: ClaimKey;
  readonly standing: ClaimRow | undefined;
}

async function claim(tx: CatalogTx, { ownerId, key, standing }: Claiming): Promise<boolean> {
  if (standing) return takeOver(tx, ownerId, standing);
  const mine = { ...key, ownerId, claimedAt: tx.clock.now() };
  const inserted = await tx.db.collection(claims).insert({ _id: claimId(tx.tenant.id, key), ...mine }, { followUp: true });
  return 'document' in inserted;
}

/** Takes a key whose owner never came to be, or bears it no more. */
async function takeOver(tx: CatalogTx, ownerId: string, standing: ClaimRow): Promise<boolean> {
  const isFresh = tx.clock.now().getTime() - standing.claimedAt.getTime() < claimHoldMs;
  if (isFresh || (await isBorne(tx, standing))) return false;
  const written = await tx.db.collection(claims).change(standing._id, (current) => (current.version === standing.version ? { ...current, ownerId, claimedAt: tx.clock.now() } : undefined), { followUp: true });
  return 'document' in written && written.document.ownerId === ownerId;
}

/** A slug is its owner's for good, old ones too, so that old links lead somewhere; a SKU only while a variant has it. */
async function isBorne(tx: CatalogTx, { kind, key, ownerId }: ClaimRow): Promise<boolean> {
  if (kind === 'category') return (await tx.db.collection(categories).findById(ownerId)) !== undefined;
  if (kind === 'collection') return (await tx.db.collection(productCollections).findById(ownerId)) !== undefined;
  const product = await tx.db.collection(products).findById(ownerId);
  if (kind === 'product') return product !== undefined;
  invariant(kind === 'sku', `Nobody knows who bears a ${kind}.`);
  return product?.variants.some(({ sku }) => skuKey(sku) === key) ?? false;
}

/** The spelling in which SKUs are compared. */
export function skuKey(sku: string): string {
  return sku.toUpperCase();
}
