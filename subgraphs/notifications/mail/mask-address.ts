/** An e-mail address as an operator may see it: the first letters stay, so that its owner recognises it. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1) return '…';
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  const [host = '', ...rest] = domain.split('.');
  return `${first(local)}…@${first(host)}….${rest.at(-1) ?? ''}`;
}

/** A text with every address in it masked. */
export function maskAddresses(text: string): string {
  return text.replaceAll(/[^\s<>@,;:"'()]{1,64}@[^\s<>@,;:"'()]{1,255}/g, maskAddress);
}

function first(text: string): string {
  return [...text][0] ?? '';
}
