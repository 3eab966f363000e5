import { connectionOf, type ForwardPageArgs, type Page } from '@haat/kit/page';
import { pageOf } from '@haat/kit/page-of';
import type { NotificationsContext } from '../context.js';
import { TemplateKind } from './template-kind.js';
import { templateId, templates } from './template.row.js';
import { Template } from './template.type.js';

/** A page of templates. */
export const { Connection: TemplateConnection } = connectionOf(Template, { name: 'Template', description: 'Templates by kind, then in the order of the languages of the marketplace.' });

/** What would be said for each kind in each language of the marketplace. Few enough to be looked at whole, by one statement. */
export async function listTemplates(ctx: NotificationsContext, args: ForwardPageArgs, kind?: TemplateKind | null): Promise<Page<Template>> {
  const kinds = kind ? [kind] : Object.values(TemplateKind);
  const wanted = kinds.flatMap((each) => ctx.tenant.locales.map((locale) => ({ kind: each, locale })));
  const own = await ctx.db.collection(templates).findByIds(wanted.map((each) => templateId(ctx.tenant.id, each.kind, each.locale)));
  const all = wanted.map((each, place) => {
    const row = own[place];
    return row ? Template.of(row) : Template.builtIn(each.kind, each.locale);
  });
  const found = all.filter((template) => template !== undefined);
  return pageOf(found, { args, keyOf: ({ id }) => id, tenantId: ctx.tenant.id, list: `templates:${kind ?? 'all'}` });
}
