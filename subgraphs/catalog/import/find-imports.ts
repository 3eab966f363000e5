import type { Page, PageArgs } from '@haat/kit/page';
import { forbidden } from '@haat/kit/refusal';
import { mayManage } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import { documentPage } from '../document-page.js';
import { imports, type ImportRow } from './import-job.row.js';
import { ImportJob } from './import-job.type.js';

/** An import of a catalogue that whoever asks may manage; to others it does not exist. */
export async function importToManage(ctx: Pick<CatalogContext, 'db' | 'viewer'>, id: string): Promise<ImportRow | undefined> {
  const row = await ctx.db.collection(imports).findById(id);
  return row && mayManage(ctx.viewer, row.vendorId) ? row : undefined;
}

/** The same as clients read it. */
export async function findImport(ctx: CatalogContext, id: string): Promise<ImportJob | null> {
  const row = await importToManage(ctx, id);
  return row ? ImportJob.of(row) : null;
}

/** Imports of a vendor, or of the whole marketplace for those who run it; the newest first. */
export async function listImports(ctx: CatalogContext, args: PageArgs, vendorId: string | null | undefined): Promise<Page<ImportJob>> {
  if (!mayManage(ctx.viewer, vendorId ?? undefined)) throw forbidden();
  const options = { tenantId: ctx.tenant.id, list: `imports of ${vendorId ?? 'all'}`, where: vendorId ? { vendorId } : {}, args, orderBy: 'createdAt', descending: true } as const;
  return documentPage(ctx.db.collection(imports), options, (row) => ImportJob.of(row));
}
