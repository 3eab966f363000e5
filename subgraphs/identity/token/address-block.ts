import { isIP } from 'node:net';

/** Whether a text is a network address, IPv4 or IPv6, or a block of them (CIDR, RFC 4632), as gateways compare them. */
export function isAddressBlock(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  // A zone names an interface of one machine, which nobody else has.
  if (version === 0 || address.includes('%') || more.length > 0) return false;
  return bits === undefined || (/^(?:0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= (version === 6 ? 128 : 32));
}
