import { oneLine } from '../template/render.js';
import { maskAddresses } from './mask-address.js';

/** Characters of a reason that are kept, and of an answer that are looked at for it. */
const reasonCharactersMax = 300;
const answerCharactersMax = 2_000;

/** Why a mail could not be handed over. */
export interface MailFailure {
  /** The server will say the same again: trying again would only harm our name with it. */
  readonly isPermanent: boolean;
  /** For people; no address, no secret, one line. */
  readonly reason: string;
}

/**
 * Reads what sending threw. Permanent is a 5xx about this mail or its recipient (RFC 5321 section 4.2.1). A 5xx about us (our
 * credentials, our connection) will pass when somebody repairs it, and everything else may pass by itself.
 */
export function mailFailure(error: unknown, secret: string | undefined): MailFailure {
  const { responseCode, command, message, response } = error as { responseCode?: unknown; command?: unknown; message?: unknown; response?: unknown };
  const isRefusal = typeof responseCode === 'number' && responseCode >= 500 && !aboutUs.has(responseCode);
  const isAboutMail = typeof command === 'string' && /^(?:MAIL FROM|RCPT TO|DATA)$/.test(command);
  const said = typeof response === 'string' ? response : typeof message === 'string' ? message : 'The mail server could not be spoken to.';
  const cut = said.slice(0, answerCharactersMax);
  const discreet = secret ? cut.replaceAll(secret, '…') : cut;
  return { isPermanent: isRefusal && isAboutMail, reason: oneLine(maskAddresses(discreet)).slice(0, reasonCharactersMax) };
}

/** Authentication and encryption wanted (RFC 4954 section 6, RFC 3207 section 4). */
const aboutUs = new Set([523, 530, 534, 535, 538]);
