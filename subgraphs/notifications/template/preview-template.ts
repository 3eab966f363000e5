import { amountIn } from '../mail/amount-in.js';
import { linkOf, linkTo } from '../mail/link-of.js';
import { momentIn } from '../mail/moment-in.js';
import type { NotificationsContext } from '../context.js';
import { marketplaces } from '../marketplace/marketplace.row.js';
import { render, type Rendered } from './render.js';
import type { Template } from './template.type.js';

/** A day from now. */
const exampleMs = 86_400_000;

/** The template as a reader would see it. The name has what names should not have, so that whoever looks sees it escaped. */
export async function previewTemplate(ctx: NotificationsContext, { kind, locale, subject, text, html }: Template): Promise<Rendered> {
  const marketplace = await ctx.db.collection(marketplaces).findById(ctx.tenant.id);
  const expiresAt = new Date(ctx.clock.now().getTime() + exampleMs);
  const values = {
    name: 'Anna <Example>', marketplace: marketplace?.name ?? ctx.tenant.slug, vendor: 'Example Crafts', code: '123456',
    link: linkOf(ctx.config.LINK_BASE, ctx.tenant.slug, kind, 'example') || linkTo(ctx.config.LINK_BASE, ctx.tenant.slug, '/orders/1042'),
    order: '1042', amount: amountIn({ amountMinor: 123_450, currency: ctx.tenant.currency }, locale), tracking: 'https://carrier.example/track/1042', expiresAt: momentIn(expiresAt, locale, ctx.tenant.timeZone),
  };
  return render({ subject, text, html: html ?? undefined }, values, locale);
}
