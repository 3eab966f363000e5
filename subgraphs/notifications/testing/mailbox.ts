import { randomUUID } from 'node:crypto';
import { eventually } from '@haat/kit/testing/eventually';

/** A mail as the catcher tells it. */
export interface CaughtMail {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly to: readonly { readonly address: string; readonly name: string }[];
  readonly from: readonly { readonly address: string; readonly name: string }[];
  readonly headers: Readonly<Record<string, string>>;
  /** Who it was handed over for, whatever its headers say. */
  readonly envelope: { readonly to: readonly { readonly address: string }[] };
}

/** An address that no other test has. */
export function anAddress(): string {
  return `anna-${randomUUID()}@shop.example`;
}

/** The mails that an address got, the oldest first. */
export async function mailsTo(address: string): Promise<readonly CaughtMail[]> {
  const asked = new URLSearchParams({ 'envelope.to.address': address });
  return (await (await fetch(`${mailPage()}/email?${asked}`)).json()) as CaughtMail[];
}

/** The first mail that an address gets. Waits for it. */
export function mailTo(address: string): Promise<CaughtMail> {
  return eventually(async () => (await mailsTo(address))[0], 10_000);
}

/** A mail as it was sent, byte for byte. */
export async function sourceOf({ id }: CaughtMail): Promise<string> {
  return (await fetch(`${mailPage()}/email/${id}/source`)).text();
}

function mailPage(): string {
  const page = process.env['HAAT_TEST_MAIL_PAGE'];
  if (!page) throw new Error('These tests need the page of a mail catcher at HAAT_TEST_MAIL_PAGE: run npm test, which starts one.');
  return page;
}
