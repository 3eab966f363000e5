import { Allow } from '@haat/kit/access';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { manageGrant } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import { findProductExport } from './find-product-exports.js';
import { ProductExport } from './product-export.type.js';
import { StartProductExportInput, StartProductExportResult, startProductExport } from './start-product-export.js';

/** Products to take away. */
@Resolver()
export class ProductExportResolver {
  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Query(() => ProductExport, { nullable: true, description: 'One export of products, to see whether it is ready.' })
  productExport(@Ctx() ctx: CatalogContext, @Arg('id', () => ID, { description: 'The export to be read; begins with exp_.' }) id: string) {
    return findProductExport(ctx, id);
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => StartProductExportResult, { description: 'Begins to write products into a file that an import takes back.' })
  startProductExport(@Ctx() ctx: CatalogContext, @Arg('input', () => StartProductExportInput) input: StartProductExportInput): Promise<object> {
    return ctx.transaction((tx) => startProductExport(tx, input));
  }
}
