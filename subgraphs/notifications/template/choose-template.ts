import type { NotificationsContext } from '../context.js';
import { builtInTemplate, lastLocale, lastTemplate } from './built-in/built-in-templates.js';
import type { TemplateTexts } from './render.js';
import type { TemplateKind } from './template-kind.js';
import { templateId, templates, type TemplateRow } from './template.row.js';

/** The words for one mail. */
export interface ChosenTemplate {
  readonly texts: TemplateTexts;
  /** The language they are in. */
  readonly locale: string;
  /** 0 for what is built in. */
  readonly version: number;
}

/** Languages in the order in which words are looked for: the reader's, the marketplace's, English; each with its region first. */
export function localeChain(wanted: string, ofMarketplace: string | undefined): string[] {
  const each = [wanted, ofMarketplace ?? lastLocale, lastLocale];
  return [...new Set(each.flatMap((locale) => [locale, locale.split('-')[0] ?? locale]))];
}

/** The best words there are for one mail. One statement. */
export async function chooseTemplate(ctx: NotificationsContext, kind: TemplateKind, chain: readonly string[]): Promise<ChosenTemplate> {
  return (await chooseTemplates(ctx, [kind], chain))(kind);
}

/** The best words there are for each kind: of each language in turn the marketplace's own, else the built-in ones. One statement. */
export async function chooseTemplates(ctx: NotificationsContext, kinds: readonly TemplateKind[], chain: readonly string[]): Promise<(kind: TemplateKind) => ChosenTemplate> {
  const ids = kinds.flatMap((kind) => chain.map((locale) => templateId(ctx.tenant.id, kind, locale)));
  const rows = await ctx.db.collection(templates).findByIds(ids);
  const own = new Map(rows.flatMap((row) => (row ? [[row._id, row] as const] : [])));
  return (kind) => bestOf(kind, chain, (locale) => own.get(templateId(ctx.tenant.id, kind, locale)));
}

function bestOf(kind: TemplateKind, chain: readonly string[], ownIn: (locale: string) => TemplateRow | undefined): ChosenTemplate {
  for (const locale of chain) {
    const row = ownIn(locale);
    if (row) return { texts: row, locale, version: row.version };
    const texts = builtInTemplate(kind, locale);
    if (texts) return { texts, locale, version: 0 };
  }
  return { texts: lastTemplate(kind), locale: lastLocale, version: 0 };
}
