/** How many wishes of an `accept-language` header are looked at. */
const wishesMax = 20;

/** The tenant's language nearest to what the client wishes, by lookup (RFC 4647, section 3.4); the first one when none fits. */
export function negotiatedLocale(acceptLanguage: string | undefined, locales: readonly string[]): string {
  for (const wish of wishesOf(acceptLanguage)) {
    const found = wish === '*' ? locales[0] : lookup(wish, locales);
    if (found !== undefined) return found;
  }
  return locales[0] ?? 'en';
}

function wishesOf(header: string | undefined): string[] {
  const wishes = (header ?? '').split(',').slice(0, wishesMax).map((part) => {
    const [tag = '', ...parameters] = part.trim().split(';');
    const quality = parameters.map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
    return { tag: tag.trim().toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
  });
  return wishes.filter((w) => w.tag !== '' && w.quality > 0).sort((a, b) => b.quality - a.quality).map((w) => w.tag);
}

/** The wish itself, then with its last part cut off, and so on; a bare language also takes one of its regions. */
function lookup(wish: string, locales: readonly string[]): string | undefined {
  for (let range = wish; range !== ''; range = range.slice(0, Math.max(0, range.lastIndexOf('-')))) {
    const exact = locales.find((locale) => locale.toLowerCase() === range);
    if (exact !== undefined) return exact;
  }
  const language = wish.split('-')[0];
  return locales.find((locale) => locale.toLowerCase().split('-')[0] === language);
}
