import { importProgressed } from '@haat/schema/events/catalog';
import { Allow } from '@haat/kit/access';
import { Live, neverHere } from '@haat/kit/live';
import { ForwardPageArgs, PageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { manageGrant } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import { findImport, listImports } from './find-imports.js';
import { importRowsOf } from './import-rows.js';
import { ImportRowStatus } from './import-job.row.js';
import { ImportJob, ImportJobConnection, ImportRowConnection } from './import-job.type.js';
import { MapImportInput, MapImportResult, mapImport } from './map-import.js';
import { CancelImportInput, CancelImportResult, cancelImport, RunImportInput, RunImportResult, runImport } from './run-import.js';
import { StartImportInput, StartImportResult, startImport } from './start-import.js';

/** Imports of products from files. */
@Resolver(() => ImportJob)
export class ImportResolver {
  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Query(() => ImportJob, { nullable: true, description: 'One import, for those who may manage the same catalogue.' })
  importJob(@Ctx() ctx: CatalogContext, @Arg('id', () => ID, { description: 'The import to be read; begins with imp_.' }) id: string) {
    return findImport(ctx, id);
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Query(() => ImportJobConnection, { nullable: true, description: 'Imports of a vendor, or all of them for those who run the marketplace.' })
  importJobs(@Ctx() ctx: CatalogContext, @Args(() => PageArgs) page: PageArgs, @Arg('vendorId', () => ID, { nullable: true, description: 'The vendor whose imports are read; only operators may leave it out.' }) vendorId?: string) {
    return listImports(ctx, page, vendorId);
  }

  @FieldResolver(() => ImportRowConnection, { description: 'Its rows in the order of the file, each with what became of it.' })
  rows(@Root() { row }: ImportJob, @Ctx() ctx: CatalogContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs, @Arg('status', () => ImportRowStatus, { nullable: true, description: 'Only rows of which this became.' }) status?: ImportRowStatus) {
    return importRowsOf(ctx, row, page, status);
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Live({ event: importProgressed, match: { id: 'payload.importId' }, answer: 'importJob', by: { id: 'payload.importId' }, coalesce: true })
  @Subscription(() => ImportJob, { subscribe: neverHere, description: 'How far an import is, whenever it went on by a chunk, until its end: from `after` on, then as it happens.' })
  importProgressed(
    @Root() root: ImportJob, @Arg('id', () => ID, { description: 'The import that is watched; begins with imp_.' }) _id: string,
    @Arg('after', () => String, { nullable: true, description: 'The cursor of the last payload that arrived, in extensions.cursor; what was missed since comes first.' }) _after?: string,
  ): ImportJob {
    return root;
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => StartImportResult, { description: 'Begins an import; its file is then sent to its upload path.' })
  startImport(@Ctx() ctx: CatalogContext, @Arg('input', () => StartImportInput) input: StartImportInput): Promise<object> {
    return ctx.transaction((tx) => startImport(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => MapImportResult, { description: 'Says what the columns of an import mean.' })
  mapImport(@Ctx() ctx: CatalogContext, @Arg('input', () => MapImportInput) input: MapImportInput): Promise<object> {
    return ctx.transaction((tx) => mapImport(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => RunImportResult, { description: 'Tries or writes the rows of an import, in the background.' })
  runImport(@Ctx() ctx: CatalogContext, @Arg('input', () => RunImportInput) input: RunImportInput): Promise<object> {
    return ctx.transaction((tx) => runImport(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => CancelImportResult, { description: 'Ends an import; what was written stays.' })
  cancelImport(@Ctx() ctx: CatalogContext, @Arg('input', () => CancelImportInput) input: CancelImportInput): Promise<object> {
    return ctx.transaction((tx) => cancelImport(tx, input));
  }
}
