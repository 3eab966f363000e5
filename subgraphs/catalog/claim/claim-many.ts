import type { CatalogTx } from '../context.js';
import { readMax } from '@haat/kit-mongo/mongo-collection';
import { claimId, claimKeys, releaseKeys, type ClaimKey } from './claim-keys.js';
import { claims } from './claim.row.js';

/** What one owner wants. */
export interface Claimer {
  readonly ownerId: string;
  readonly keys: readonly ClaimKey[];
}

/**
 * Takes the keys of many owners by few commands: each owner gets all of its own or none, and the answer says which key stood
 * in whose way. Of two owners who want one key, the first gets it.
 */
export async function claimMany(tx: CatalogTx, claimers: readonly Claimer[]): Promise<Map<string, ClaimKey>> {
  const refused = new Map<string, ClaimKey>();
  const standing = await standingOf(tx, claimers);
  const wanted = new Map<string, { readonly ownerId: string; readonly key: ClaimKey }>();
  for (const claimer of claimers) {
    const { ownerId, keys } = claimer;
    const within = keys.find((key) => (wanted.get(claimId(tx.tenant.id, key))?.ownerId ?? ownerId) !== ownerId);
    // Somebody else's is taken over where it was given up, which only that owner's own look can tell.
    const isOthers = keys.some((key) => (standing.get(claimId(tx.tenant.id, key)) ?? ownerId) !== ownerId);
    const taken = within ?? (isOthers ? await claimKeys(tx, ownerId, keys) : undefined);
    if (taken) refused.set(ownerId, taken);
    else if (!isOthers) for (const key of keys) if (!standing.has(claimId(tx.tenant.id, key))) wanted.set(claimId(tx.tenant.id, key), { ownerId, key });
  }
  await insertWanted(tx, claimers, wanted, refused);
  return refused;
}

/** Whose key stands in whose way, without taking any: what {@link claimMany} would answer now. */
export async function claimable(tx: CatalogTx, claimers: readonly Claimer[]): Promise<Map<string, ClaimKey>> {
  const owners = await standingOf(tx, claimers);
  const refused = new Map<string, ClaimKey>();
  for (const { ownerId, keys } of claimers) {
    const taken = keys.find((key) => (owners.get(claimId(tx.tenant.id, key)) ?? ownerId) !== ownerId);
    if (taken) refused.set(ownerId, taken);
    else for (const key of keys) owners.set(claimId(tx.tenant.id, key), ownerId);
  }
  return refused;
}

/** The owners of claims that there are, by the claims' ids. */
export async function ownersOf(tx: CatalogTx, keys: readonly ClaimKey[]): Promise<Map<string, string>> {
  const ids = [...new Set(keys.map((key) => claimId(tx.tenant.id, key)))];
  const owners = new Map<string, string>();
  for (let at = 0; at < ids.length; at += readMax) {
    const rows = await tx.db.collection(claims).findByIds(ids.slice(at, at + readMax));
    for (const row of rows) if (row) owners.set(row._id, row.ownerId);
  }
  return owners;
}

function standingOf(tx: CatalogTx, claimers: readonly Claimer[]): Promise<Map<string, string>> {
  return ownersOf(tx, claimers.flatMap(({ keys }) => keys));
}

/** A key that another writer took meanwhile costs its owner the others as well. */
async function insertWanted(tx: CatalogTx, claimers: readonly Claimer[], wanted: ReadonlyMap<string, { readonly ownerId: string; readonly key: ClaimKey }>, refused: Map<string, ClaimKey>): Promise<void> {
  const rows = [...wanted].map(([_id, { ownerId, key }]) => ({ _id, ...key, ownerId, claimedAt: tx.clock.now() }));
  const taken: typeof rows = [];
  for (let at = 0; at < rows.length; at += readMax) {
    const batch = rows.slice(at, at + readMax);
    const outcomes = await tx.db.collection(claims).insertMany(batch);
    for (const [n, outcome] of outcomes.entries()) {
      const row = batch[n];
      if (!row) continue;
      if ('document' in outcome) taken.push(row);
      else refused.set(row.ownerId, { kind: row.kind, key: row.key });
    }
  }
  const lost = new Set(claimers.filter(({ ownerId }) => refused.has(ownerId)).map(({ ownerId }) => ownerId));
  await releaseKeys(tx, taken.filter(({ ownerId }) => lost.has(ownerId)));
}
