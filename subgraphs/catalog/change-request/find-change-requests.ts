import type { Page, PageArgs } from '@haat/kit/page';
import { forbidden } from '@haat/kit/refusal';
import { cataloguesOf, runsMarketplace } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import { documentPage } from '../document-page.js';
import { productStateOf } from '../product/product-state.js';
import { saidIn } from '../words.js';
import { changeRequests, ChangeRequestStatus } from './change-request.row.js';
import { ChangeRequest, ProposedChange } from './change-request.type.js';

/** A request, for its vendor, for the vendor who keeps the page, and for those who run the marketplace. */
export async function findChangeRequest(ctx: CatalogContext, id: string): Promise<ChangeRequest | null> {
  const row = await ctx.db.collection(changeRequests).findById(id);
  if (!row) return null;
  const keeper = (await ctx.loaders.productsById.load(row.productId))?.vendorId;
  const sees = runsMarketplace(ctx.viewer) || cataloguesOf(ctx.viewer).some((vendorId) => vendorId === row.vendorId || vendorId === keeper);
  return sees ? ChangeRequest.of(row) : null;
}

/** Which requests are read. */
export interface ChangeRequestFilter {
  readonly vendorId?: string | null;
  readonly productId?: string | null;
  readonly status?: ChangeRequestStatus | null;
}

/** Requests of a vendor, or of all for those who run the marketplace; the newest first. */
export async function listChangeRequests(ctx: CatalogContext, args: PageArgs, { vendorId, productId, status }: ChangeRequestFilter): Promise<Page<ChangeRequest>> {
  if (!runsMarketplace(ctx.viewer) && !(vendorId && cataloguesOf(ctx.viewer).includes(vendorId))) throw forbidden();
  const where = { ...(vendorId && { vendorId }), ...(productId && { productId }), ...(status && { status }) };
  const options = { tenantId: ctx.tenant.id, list: 'change requests', where, args, orderBy: 'createdAt', descending: true } as const;
  return documentPage(ctx.db.collection(changeRequests), options, (row) => ChangeRequest.of(row));
}

/** What would change, beside what the product says now. */
export async function proposedChangesOf(ctx: CatalogContext, { row }: ChangeRequest): Promise<ProposedChange[]> {
  const product = await ctx.loaders.productsById.load(row.productId);
  if (row.changes === undefined || !product) return [];
  const { texts, defaultLocale, ...state } = productStateOf(product);
  const now: Record<string, unknown> = { ...state, ...saidIn(texts, defaultLocale, defaultLocale), translations: texts };
  return Object.entries(JSON.parse(row.changes) as Record<string, unknown>)
    .map(([field, proposed]) => Object.assign(new ProposedChange(), { field, now: said(now[field]) ?? null, proposed: said(proposed) ?? '' }));
}

function said(value: unknown): string | undefined {
  return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}
