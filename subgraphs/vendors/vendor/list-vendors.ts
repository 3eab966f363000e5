import { parsed } from '@haat/kit/input';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { searchCharactersMax } from '@haat/kit/limits';
import { connectionOf, type Page, type PageArgs } from '@haat/kit/page';
import { z } from 'zod';
import type { VendorsContext } from '../context.js';
import { runsMarketplace } from './find-vendors.js';
import { Vendor } from './vendor.js';
import { VendorStatus } from './vendor-status.js';

/** A page of vendors. */
export const { Connection: VendorConnection } = connectionOf(Vendor, { name: 'Vendor', description: 'Vendors in the order of their names.', totalCount: true });

/** What a list of vendors is narrowed by. */
export interface VendorFilter {
  readonly status?: VendorStatus | null;
  readonly search?: string | null;
}

const searchText = z.string().trim().max(searchCharactersMax);

/** Vendors by name: all of them to operators, those that are approved to everybody else. */
export function listVendors(ctx: VendorsContext, args: PageArgs, { status, search }: VendorFilter): Promise<Page<Vendor>> {
  const qb = ctx.db.createQueryBuilder(Vendor, 'v').where('true');
  if (!runsMarketplace(ctx.viewer)) qb.andWhere('v.status = :approved', { approved: VendorStatus.APPROVED });
  if (status) qb.andWhere('v.status = :status', { status });
  const text = search ? parsed(searchText, search, ['search']) : '';
  if (text) qb.andWhere('position(lower(:text) in lower(v.name || \' \' || v.slug)) > 0', { text });
  return keysetPage({ qb, order: [{ column: 'v.name', direction: 'ASC' }, { column: 'v.id', direction: 'ASC' }], args, tenantId: ctx.tenant.id });
}
