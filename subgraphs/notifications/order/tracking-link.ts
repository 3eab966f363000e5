const charactersMax = 500;

/** Where a carrier shows a parcel, as a link that mails may have: a web address with nobody's credentials in it. Anything else is left out. */
export function trackingLink(text: string | null): string | undefined {
  const url = text === null || text.length > charactersMax ? null : URL.parse(text);
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return isPlain ? url.href : undefined;
}
