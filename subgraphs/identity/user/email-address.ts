import { z } from 'zod';

/** The longest e-mail address (RFC 5321 section 4.5.3.1.3), in characters. */
export const emailLengthMax = 254;

/**
 * An e-mail address in the one form it is compared in: NFKC, lower case, the domain in ASCII. Two spellings that look
 * alike to a mail server are one account.
 */
export const emailAddress = z.string().trim().max(emailLengthMax)
  .transform((text) => text.normalize('NFKC').toLowerCase())
  .pipe(z.email('expected an e-mail address such as ann@example.com'));
