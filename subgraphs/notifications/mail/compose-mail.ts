import type { MarketplaceRow } from '../marketplace/marketplace.row.js';
import { oneLine, render } from '../template/render.js';
import { chooseTemplate, localeChain } from '../template/choose-template.js';
import type { NotificationsContext } from '../context.js';
import type { TemplateKind } from '../template/template-kind.js';
import type { NewsFacts } from '../delivery/delivery.row.js';
import { amountIn } from './amount-in.js';
import { linkOf, linkTo } from './link-of.js';
import { momentIn } from './moment-in.js';
import { nameInMail, vendorInMail } from './name-in-mail.js';
import type { Mail } from './smtp.js';

/** What a mail is made of. */
export interface MailContent {
  readonly deliveryId: string;
  readonly kind: TemplateKind;
  readonly to: string;
  readonly name?: string | null;
  readonly secret?: string;
  /** Whom an invitation to work for a vendor is from, or whose part of an order it is about. */
  readonly vendorName?: string;
  readonly news?: NewsFacts;
  /** Where in the shop it leads, as a path; else the page of its kind. */
  readonly link?: string;
  /** The reader's language, BCP 47. */
  readonly locale: string;
  readonly expiresAt?: Date;
}

/** The mail, and the words it was made from. */
export interface Composed {
  readonly mail: Mail;
  readonly locale: string;
  /** 0 for what is built in. */
  readonly templateVersion: number;
}

/** Puts a mail together in the reader's language, or the nearest that there are words in. */
export async function composeMail(ctx: NotificationsContext, marketplace: MarketplaceRow, content: MailContent): Promise<Composed> {
  const { deliveryId, kind, to, secret, news, link, expiresAt } = content;
  const { texts, locale, version } = await chooseTemplate(ctx, kind, localeChain(content.locale, marketplace.locales[0]));
  const name = nameInMail(content.name);
  const marketplaceName = oneLine(marketplace.name);
  const rendered = render(texts, {
    name, marketplace: marketplaceName, vendor: vendorInMail(content.vendorName), code: secret ?? '',
    link: link === undefined ? linkOf(ctx.config.LINK_BASE, marketplace.slug, kind, secret) : linkTo(ctx.config.LINK_BASE, marketplace.slug, link),
    order: news?.order, amount: amountIn(news, locale), tracking: news?.trackingUrl, expiresAt: expiresAt && momentIn(expiresAt, locale, marketplace.timeZone),
  }, locale);
  const from = { name: marketplaceName, address: ctx.config.MAIL_FROM };
  return { mail: { ...rendered, id: deliveryId, from, to: { name, address: to }, locale, at: ctx.clock.now() }, locale, templateVersion: version };
}
