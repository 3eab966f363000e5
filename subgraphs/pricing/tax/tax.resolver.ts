import { Allow } from '@haat/kit/access';
import { ForwardPageArgs, type Page } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { taxesGrant } from '../access/may.js';
import type { PricingContext } from '../context.js';
import { SaveTaxClassInput, SaveTaxClassResult, saveTaxClass } from './save-tax-class.js';
import { SaveTaxRateInput, SaveTaxRateResult, saveTaxRate } from './save-tax-rate.js';
import { SaveTaxSettingsInput, SaveTaxSettingsResult, saveTaxSettings, settingsId, TaxSettings } from './save-tax-settings.js';
import { TaxClass, TaxClassConnection, TaxRate, TaxRateConnection } from './tax-class.js';

/** Taxes, which are data. */
@Resolver()
export class TaxResolver {
  @Allow('OPERATOR', { grant: taxesGrant })
  @Query(() => TaxSettings, { nullable: true, description: 'How the marketplace taxes and rounds; null where nobody said so yet, and nothing is taxed. Operators only.' })
  taxSettings(@Ctx() ctx: PricingContext): Promise<TaxSettings | null> {
    return ctx.db.findOneBy(TaxSettings, { id: settingsId });
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: taxesGrant })
  @Query(() => TaxClassConnection, { nullable: true, description: 'Classes of goods that are taxed alike, by their keys; staff only.' })
  taxClasses(@Ctx() ctx: PricingContext, @Args(() => ForwardPageArgs) args: ForwardPageArgs): Promise<Page<TaxClass>> {
    return keysetPage({ qb: ctx.db.createQueryBuilder(TaxClass, 'c'), order: [{ column: 'c.key', direction: 'ASC' }], args, tenantId: ctx.tenant.id });
  }

  @Allow('OPERATOR', { grant: taxesGrant })
  @Query(() => TaxRateConnection, { nullable: true, description: 'Rates of taxes by country; operators only.' })
  taxRates(@Ctx() ctx: PricingContext, @Args(() => ForwardPageArgs) args: ForwardPageArgs): Promise<Page<TaxRate>> {
    const order = [{ column: 'r.country', direction: 'ASC' }, { column: 'r.id', direction: 'ASC' }] as const;
    return keysetPage({ qb: ctx.db.createQueryBuilder(TaxRate, 'r'), order, args, tenantId: ctx.tenant.id });
  }

  @Allow('OPERATOR', { grant: taxesGrant })
  @Mutation(() => SaveTaxClassResult, { description: 'Makes or renames a class of goods that are taxed alike.' })
  saveTaxClass(@Ctx() ctx: PricingContext, @Arg('input', () => SaveTaxClassInput) input: SaveTaxClassInput): Promise<object> {
    return ctx.transaction((tx) => saveTaxClass(tx, input));
  }

  @Allow('OPERATOR', { grant: taxesGrant })
  @Mutation(() => SaveTaxRateResult, { description: 'Makes a rate of a tax, or writes over one; carts are taxed by it from now on.' })
  saveTaxRate(@Ctx() ctx: PricingContext, @Arg('input', () => SaveTaxRateInput) input: SaveTaxRateInput): Promise<object> {
    return ctx.transaction((tx) => saveTaxRate(tx, input));
  }

  @Allow('OPERATOR', { grant: taxesGrant })
  @Mutation(() => SaveTaxSettingsResult, { description: 'Says how the marketplace taxes and rounds, and whether prices hold the tax.' })
  saveTaxSettings(@Ctx() ctx: PricingContext, @Arg('input', () => SaveTaxSettingsInput) input: SaveTaxSettingsInput): Promise<object> {
    return ctx.transaction((tx) => saveTaxSettings(tx, input));
  }
}
