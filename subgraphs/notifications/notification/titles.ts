import type { NotificationsContext } from '../context.js';
import { nameInMail, vendorInMail } from '../mail/name-in-mail.js';
import { marketplaces } from '../marketplace/marketplace.row.js';
import { chooseTemplates, localeChain } from '../template/choose-template.js';
import { render } from '../template/render.js';
import { TemplateKind } from '../template/template-kind.js';
import type { NotificationRow } from './notification.row.js';

/** The line that each says in the viewer's language: the subject of its template. Two statements, however many there are. */
export async function titlesOf(ctx: NotificationsContext, rows: readonly NotificationRow[]): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const kinds = [...new Set(rows.map(({ kind }) => TemplateKind[kind]))];
  const [marketplace, chosen] = await Promise.all([ctx.db.collection(marketplaces).findById(ctx.tenant.id), chooseTemplates(ctx, kinds, localeChain(ctx.locale, ctx.tenant.locales[0]))]);
  return rows.map(({ kind, orderNumber, vendorName }) => {
    const { texts, locale } = chosen(TemplateKind[kind]);
    const values = { marketplace: nameInMail(marketplace?.name) || ctx.tenant.slug, order: orderNumber, vendor: vendorInMail(vendorName) };
    return render({ subject: texts.subject, text: '' }, values, locale).subject;
  });
}
