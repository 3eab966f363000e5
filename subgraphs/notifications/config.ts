import { z } from 'zod';

/** What notifications reads from the environment. */
export const notificationsConfig = z.object({
  /** The mail server: `smtp://` or `smtps://`, with user and password where it wants them; `?requireTLS=true` refuses to go on in clear. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'expected smtp://host:port or smtps://host:port' }),
  /** The address mails come from, for every marketplace; the name beside it is the marketplace's. */
  MAIL_FROM: z.email(),
  /** Where a marketplace's pages are, such as `https://{slug}.haat.example`. Links in mails begin with it and with nothing else. */
  LINK_BASE: z.string().refine(isLinkBase, 'expected an http or https address with {slug} in it, such as https://{slug}.haat.example').transform((base) => base.replace(/\/+$/, '')),
});

/** The settings of notifications. */
export type NotificationsConfig = z.infer<typeof notificationsConfig>;

function isLinkBase(base: string): boolean {
  const url = URL.parse(base.replace('{slug}', 'slug'));
  return base.includes('{slug}') && url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
}
