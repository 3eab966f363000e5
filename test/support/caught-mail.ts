import { eventually } from '@haat/kit/testing/eventually';

/** A mail as its reader has it. */
export interface CaughtMail {
  readonly subject: string;
  readonly text: string;
}

/** Waits for a mail to an address whose text fits, in what the mail catcher of the run has. */
export function caughtMail(address: string, fits: RegExp, ms = 20_000): Promise<CaughtMail> {
  return eventually(async () => {
    const asked = new URLSearchParams({ 'to.address': address });
    const mails = (await (await fetch(`${process.env['HAAT_TEST_MAIL_PAGE']}/email?${asked}`)).json()) as CaughtMail[];
    return mails.find(({ text }) => fits.test(text));
  }, ms);
}
