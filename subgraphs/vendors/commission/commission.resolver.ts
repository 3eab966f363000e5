import { Allow } from '@haat/kit/access';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { VendorsContext } from '../context.js';
import { CommissionSettings } from './commission-settings.js';
import { readCommission, SetCommissionRulesInput, SetCommissionRulesResult, setCommissionRules } from './set-commission-rules.js';

/** What the marketplace takes of sales. */
@Resolver()
export class CommissionResolver {
  @Allow('OPERATOR')
  @Query(() => CommissionSettings, { nullable: true, description: 'What the marketplace takes of each sale; operators only.' })
  async commissionSettings(@Ctx() ctx: VendorsContext) {
    const { rules, terms } = await readCommission(ctx);
    return CommissionSettings.of(rules, terms, ctx.tenant.currency);
  }

  @Allow('OPERATOR')
  @Mutation(() => SetCommissionRulesResult, { description: 'Sets all rules of commission at once, in their order; orders already placed keep theirs.' })
  setCommissionRules(@Ctx() ctx: VendorsContext, @Arg('input', () => SetCommissionRulesInput) input: SetCommissionRulesInput): Promise<object> {
    return ctx.transaction((tx) => setCommissionRules(tx, input));
  }
}
