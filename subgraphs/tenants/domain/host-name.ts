import { domainToASCII } from 'node:url';

/** The longest host name (RFC 1035 section 2.3.4), in characters. */
export const hostLengthMax = 253;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * A host name in its one form: lower case, ASCII (RFC 5891), no port, no dot at the end. Undefined when it is none:
 * an address, a single label, a label over 63 characters.
 */
export function hostName(text: string): string | undefined {
  // The URL parser behind it would take the host out of a whole address.
  if (/[/\\?#@:%\s]/.test(text.trim())) return undefined;
  const ascii = domainToASCII(text.trim().toLowerCase().replace(/\.$/, ''));
  const labels = ascii.split('.');
  const isName = ascii.length > 0 && ascii.length <= hostLengthMax && labels.length > 1 && labels.every((l) => label.test(l));
  return isName && !/^\d+$/.test(labels.at(-1) ?? '') ? ascii : undefined;
}

/** Whether a host is one of the platform's own names or below one, however deep: nobody else may claim it. */
export function isPlatformHost(host: string, platformDomains: readonly string[]): boolean {
  return platformDomains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** The slug in `<slug>.<platform domain>`, or undefined for any other host. The port is left out. */
export function slugOfHost(host: string, platformDomains: readonly string[]): string | undefined {
  const name = host.toLowerCase().split(':')[0] ?? '';
  const domain = platformDomains.find((d) => name.endsWith(`.${d}`));
  const slug = domain && name.slice(0, -domain.length - 1);
  return slug && label.test(slug) ? slug : undefined;
}
