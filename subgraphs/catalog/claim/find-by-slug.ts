import type { CatalogContext } from '../context.js';
import { claimId } from './claim-keys.js';
import { claims, type ClaimKind } from './claim.row.js';

/** The id of what has a slug now, or had it once: its slug now may be another, to which a client leads on. */
export async function findBySlug(ctx: CatalogContext, kind: Exclude<ClaimKind, 'sku'>, slug: string): Promise<string | undefined> {
  const key = slug.normalize('NFKC').toLowerCase().normalize('NFC');
  const claim = await ctx.db.collection(claims).findById(claimId(ctx.tenant.id, { kind, key }));
  return claim?.ownerId;
}
