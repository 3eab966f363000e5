import { createTransport } from 'nodemailer';
import type { Rendered } from '../template/render.js';

const timeouts = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000, dnsTimeout: 5_000 } as const;

/** The longest that one mail may take from the connection to the server's last word, in milliseconds. */
export const sendMs = 20_000;

/** Who writes or is written to. */
interface Party {
  readonly name: string;
  readonly address: string;
}

/** A mail as it leaves. */
export interface Mail extends Rendered {
  /** Becomes the Message-ID, so that a mail which had to be sent twice is seen to be one. */
  readonly id: string;
  readonly from: Party;
  readonly to: Party;
  readonly locale: string;
  readonly at: Date;
}

/** Hands a mail to the mail server. Answers the server's name for it; throws what `mail-failure.ts` reads. */
export type SendMail = (mail: Mail) => Promise<string>;

/**
 * Sends by SMTP, each mail on a connection of its own: which of several on one connection a server took is not always known
 * when it breaks. The envelope names one recipient, whatever the headers say.
 */
export function smtpOf(url: string): SendMail {
  const transport = createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
  return async ({ id, from, to, subject, text, html, locale, at }) => {
    const messageId = `<${id}@${from.address.split('@').at(-1)}>`;
    const answer = await transport.sendMail({
      messageId, from, to: to.name === '' ? to.address : { ...to }, envelope: { from: from.address, to: [to.address] }, subject, text, html, date: at,
      // RFC 3834: nobody's holiday should answer, and no list should take it.
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale },
      signal: AbortSignal.timeout(sendMs),
    });
    return /queued as ([\w-]+)/i.exec(answer.response)?.[1] ?? messageId;
  };
}
