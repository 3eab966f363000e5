import { Allow } from '@haat/kit/access';
import { ForwardPageArgs, hasCursor } from '@haat/kit/page';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { PartnersContext } from '../context.js';
import { listOperations, RegisteredOperationConnection } from '../operation/find-operation.js';
import { OperationStatus } from '../operation/registered-operation.js';
import { PartnerUsage } from '../usage/list-usage.js';
import { ChangePartnerQuotaInput, ChangePartnerQuotaResult, changePartnerQuota, ResumePartnerInput, ResumePartnerResult, resumePartner, RevokePartnerInput, RevokePartnerResult, revokePartner, SuspendPartnerInput, SuspendPartnerResult, suspendPartner } from './decide-partner.js';
import { findPartners, listPartners, PartnerAppConnection } from './find-partner.js';
import { PartnerApp } from './partner-app.js';
import { RegisterPartnerInput, RegisterPartnerResult, registerPartner, wishedPartner } from './register-partner.js';

const statusArg = { nullable: true, description: 'Only operations with this status; all when left out.' };
const daysArg = { defaultValue: 7, description: 'How many days, today included: 1 to 90.' };

/** Partners' programs, for operators and for themselves. */
@Resolver(() => PartnerApp)
export class PartnerResolver {
  @Allow('OPERATOR')
  @Query(() => PartnerAppConnection, { nullable: true, description: 'Partners\' programs of this marketplace, the newest first.' })
  partnerApps(@Ctx() ctx: PartnersContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs) {
    return listPartners(ctx, page);
  }

  @Allow('OPERATOR')
  @Query(() => PartnerApp, { nullable: true, description: 'One partner\'s program with its operations and what it spent.' })
  async partnerApp(@Ctx() ctx: PartnersContext, @Arg('id', () => ID, { description: 'The id that registerPartner answered.' }) id: string) {
    return (await findPartners(ctx, [{ __typename: 'PartnerApp', id }]))[0] ?? null;
  }

  @Allow('PARTNER')
  @Query(() => PartnerApp, { nullable: true, description: 'The program that the asking token belongs to; null where it belongs to none.' })
  async myPartnerApp(@Ctx() ctx: PartnersContext) {
    const { partnerAppId } = ctx.viewer;
    return partnerAppId === undefined ? null : ((await findPartners(ctx, [{ __typename: 'PartnerApp', id: partnerAppId }]))[0] ?? null);
  }

  @FieldResolver(() => RegisteredOperationConnection, { description: 'The operations that the program has registered, oldest first.' })
  operations(@Root() app: PartnerApp, @Ctx() ctx: PartnersContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs, @Arg('status', () => OperationStatus, statusArg) status?: OperationStatus | null) {
    const wished = { page, status: status ?? undefined };
    return hasCursor(page) ? listOperations(ctx, app.id, page, wished.status) : ctx.loaders.operationsOf.load({ id: app.id, ...wished });
  }

  @FieldResolver(() => [PartnerUsage], { description: 'What the program spent, the newest day first; days without a request are left out.' })
  usage(@Root() app: PartnerApp, @Ctx() ctx: PartnersContext, @Arg('days', () => Int, daysArg) days: number) {
    return ctx.loaders.usageOf.load({ id: app.id, days });
  }

  @Allow('OPERATOR')
  @Mutation(() => RegisterPartnerResult, { description: 'Registers a partner\'s program; createApiToken then makes its tokens.' })
  async registerPartner(@Ctx() ctx: PartnersContext, @Arg('input', () => RegisterPartnerInput) input: RegisterPartnerInput): Promise<object> {
    const wish = await wishedPartner(ctx, input);
    return ctx.transaction((tx) => registerPartner(tx, wish));
  }

  @Allow('OPERATOR')
  @Mutation(() => ChangePartnerQuotaResult, { description: 'Changes how much a partner\'s program may ask for.' })
  changePartnerQuota(@Ctx() ctx: PartnersContext, @Arg('input', () => ChangePartnerQuotaInput) input: ChangePartnerQuotaInput): Promise<object> {
    return ctx.transaction((tx) => changePartnerQuota(tx, input));
  }

  @Allow('OPERATOR')
  @Mutation(() => SuspendPartnerResult, { description: 'Keeps a partner\'s program out until it is resumed, within seconds.' })
  suspendPartner(@Ctx() ctx: PartnersContext, @Arg('input', () => SuspendPartnerInput) input: SuspendPartnerInput): Promise<object> {
    return ctx.transaction((tx) => suspendPartner(tx, input));
  }

  @Allow('OPERATOR')
  @Mutation(() => ResumePartnerResult, { description: 'Lets a suspended program of a partner in again.' })
  resumePartner(@Ctx() ctx: PartnersContext, @Arg('input', () => ResumePartnerInput) input: ResumePartnerInput): Promise<object> {
    return ctx.transaction((tx) => resumePartner(tx, input));
  }

  @Allow('OPERATOR')
  @Mutation(() => RevokePartnerResult, { description: 'Keeps a partner\'s program out for good, within seconds.' })
  revokePartner(@Ctx() ctx: PartnersContext, @Arg('input', () => RevokePartnerInput) input: RevokePartnerInput): Promise<object> {
    return ctx.transaction((tx) => revokePartner(tx, input));
  }
}
