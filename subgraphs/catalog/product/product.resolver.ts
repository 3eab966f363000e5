import { Allow, Public } from '@haat/kit/access';
import { PageArgs } from '@haat/kit/page';
import { MetadataEntry } from '@haat/kit/shared-types';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { manageGrant, readGrant } from '../access/may.js';
import { Category } from '../category/category.type.js';
import type { CatalogContext } from '../context.js';
import { visibleFacts } from '../metadata.js';
import { ProductType } from '../product-type/product-type.type.js';
import { ArchiveProductInput, ArchiveProductResult, archiveProduct } from './archive-product.js';
import { AttributeValue, attributeValuesIn } from './attribute-value.js';
import { ChangeProductInput, ChangeProductResult, changeProduct } from './change-product.js';
import { CreateProductInput, CreateProductResult, createProduct } from './create-product.js';
import { findProduct } from './find-products.js';
import { listProducts, ProductFilter, ProductSort } from './list-products.js';
import { Product, ProductConnection, ProductVariant } from './product.type.js';
import { PublishProductInput, PublishProductResult, publishProduct } from './publish-product.js';
import { SetProductMetadataInput, SetProductMetadataResult, setProductMetadata } from './set-product-metadata.js';
import { RemoveProductTranslationInput, RemoveProductTranslationResult, removeProductTranslation, TranslateProductInput, TranslateProductResult, translateProduct } from './translate-product.js';

/** Products: their fields, and what is done with them. */
@Resolver(() => Product)
export class ProductResolver {
  @Public()
  @Query(() => Product, { nullable: true, description: 'One product, by its id or by its slug in whatever language; shoppers see published ones.' })
  product(
    @Ctx() ctx: CatalogContext,
    @Arg('id', () => ID, { nullable: true, description: 'The product by its id; wins over the slug.' }) id?: string,
    @Arg('slug', () => String, { nullable: true, description: 'The product by its part of an address, former ones too.' }) slug?: string,
  ) {
    return findProduct(ctx, { id, slug });
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: readGrant }, { grant: manageGrant })
  @Query(() => ProductConnection, { nullable: true, description: 'Products in every state, for staff; shoppers use search, categories and collections.' })
  products(
    @Ctx() ctx: CatalogContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ProductFilter, { nullable: true, description: 'Which products; all when left out.' }) filter?: ProductFilter,
    @Arg('sort', () => ProductSort, { nullable: true, defaultValue: ProductSort.NEWEST, description: 'In which order they are read.' }) sort?: ProductSort | null,
  ) {
    return listProducts(ctx, page, filter, sort);
  }

  @FieldResolver(() => ProductType, { description: 'What it has in common with others of its kind.' })
  async type(@Root() { row }: Product, @Ctx() ctx: CatalogContext) {
    const type = await ctx.loaders.productTypesByKey.load(row.typeKey);
    return type && ProductType.of(type, ctx.locale);
  }

  @FieldResolver(() => [AttributeValue], { description: 'Its properties, in the order of its type.' })
  async attributes(@Root() { row }: Product, @Ctx() ctx: CatalogContext) {
    const type = await ctx.loaders.productTypesByKey.load(row.typeKey);
    return type ? attributeValuesIn(type, row.attributes, ctx.locale) : [];
  }

  @FieldResolver(() => [ProductVariant], { description: 'The forms it comes in, at most 100.' })
  variants(@Root() { row }: Product, @Ctx() ctx: CatalogContext) {
    return row.variants.map((variant) => ProductVariant.of(row, variant, ctx.locale));
  }

  @FieldResolver(() => ProductVariant, { nullable: true, description: 'One of its forms; null where it has no such one.' })
  variant(@Root() { row }: Product, @Ctx() ctx: CatalogContext, @Arg('id', () => ID, { description: 'The variant to read; begins with var_.' }) id: string) {
    const variant = row.variants.find((one) => one.id === id);
    return variant && ProductVariant.of(row, variant, ctx.locale);
  }

  @FieldResolver(() => [Category], { description: 'Where shoppers find it, the most fitting place first.' })
  async categories(@Root() { row }: Product, @Ctx() ctx: CatalogContext) {
    const rows = await Promise.all(row.categoryIds.map((id) => ctx.loaders.categoriesById.load(id)));
    return rows.filter((category) => category !== null).map((category) => Category.of(category, ctx.locale));
  }

  @FieldResolver(() => [MetadataEntry], { description: 'Facts that integrations keep; private ones are shown to staff and tokens only.' })
  metadata(@Root() { row }: Product, @Ctx() ctx: CatalogContext) {
    return visibleFacts(row.metadata, ctx.viewer, row.vendorId);
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => CreateProductResult, { description: 'Makes a draft with its options and variants, all at once.' })
  createProduct(@Ctx() ctx: CatalogContext, @Arg('input', () => CreateProductInput) input: CreateProductInput): Promise<object> {
    return ctx.transaction((tx) => createProduct(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => ChangeProductResult, { description: 'Changes words, properties, variants or pictures of a product.' })
  changeProduct(@Ctx() ctx: CatalogContext, @Arg('input', () => ChangeProductInput) input: ChangeProductInput): Promise<object> {
    return ctx.transaction((tx) => changeProduct(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => PublishProductResult, { description: 'Shows a product to shoppers, at once or by itself at a time.' })
  publishProduct(@Ctx() ctx: CatalogContext, @Arg('input', () => PublishProductInput) input: PublishProductInput): Promise<object> {
    return ctx.transaction((tx) => publishProduct(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => ArchiveProductResult, { description: 'Takes a product from the shoppers; it may be published again.' })
  archiveProduct(@Ctx() ctx: CatalogContext, @Arg('input', () => ArchiveProductInput) input: ArchiveProductInput): Promise<object> {
    return ctx.transaction((tx) => archiveProduct(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => TranslateProductResult, { description: 'Says a product in a further language of the marketplace.' })
  translateProduct(@Ctx() ctx: CatalogContext, @Arg('input', () => TranslateProductInput) input: TranslateProductInput): Promise<object> {
    return ctx.transaction((tx) => translateProduct(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => RemoveProductTranslationResult, { description: 'Takes a translation away; its readers get the default language.' })
  removeProductTranslation(@Ctx() ctx: CatalogContext, @Arg('input', () => RemoveProductTranslationInput) input: RemoveProductTranslationInput): Promise<object> {
    return ctx.transaction((tx) => removeProductTranslation(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => SetProductMetadataResult, { description: 'Replaces the facts that integrations keep of a product.' })
  setProductMetadata(@Ctx() ctx: CatalogContext, @Arg('input', () => SetProductMetadataInput) input: SetProductMetadataInput): Promise<object> {
    return ctx.transaction((tx) => setProductMetadata(tx, input));
  }
}
