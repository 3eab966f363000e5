import { Allow } from '@haat/kit/access';
import { ForwardPageArgs, type Page } from '@haat/kit/page';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { NotificationsContext } from '../context.js';
import { listTemplates, TemplateConnection } from './list-templates.js';
import { previewTemplate } from './preview-template.js';
import { SaveTemplateInput, SaveTemplateResult, saveTemplate } from './save-template.js';
import { TemplateKind } from './template-kind.js';
import { Template, TemplatePreview } from './template.type.js';

/** The words of mails, for who runs the marketplace. */
@Resolver(() => Template)
export class TemplateResolver {
  @Allow('OPERATOR', 'PLATFORM')
  @Query(() => TemplateConnection, { nullable: true, description: 'The words of every mail in every language of the marketplace; operators only.' })
  templates(
    @Ctx() ctx: NotificationsContext,
    @Args(() => ForwardPageArgs) args: ForwardPageArgs,
    @Arg('kind', () => TemplateKind, { nullable: true, description: 'Only mails for this purpose; all when left out.' }) kind?: TemplateKind | null,
  ): Promise<Page<Template>> {
    return listTemplates(ctx, args, kind);
  }

  @FieldResolver(() => TemplatePreview, { description: 'How it looks when filled in with examples.' })
  preview(@Root() template: Template, @Ctx() ctx: NotificationsContext) {
    return previewTemplate(ctx, template);
  }

  @Allow('OPERATOR', 'PLATFORM')
  @Mutation(() => SaveTemplateResult, { description: "Keeps the marketplace's own words for a mail, which win over those built in from then on." })
  saveTemplate(@Ctx() ctx: NotificationsContext, @Arg('input', () => SaveTemplateInput) input: SaveTemplateInput): Promise<object> {
    return ctx.transaction((tx) => saveTemplate(tx, input));
  }
}
