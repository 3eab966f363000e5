/** A moment as people of a language write it, with its time zone. What the runtime does not know falls back to English and UTC. */
export function momentIn(moment: Date, locale: string, timeZone: string): string {
  const known = formatOf(locale, timeZone) ?? formatOf('en', timeZone) ?? formatOf(locale, 'UTC') ?? formatOf('en', 'UTC');
  return known?.format(moment) ?? moment.toISOString();
}

const parts = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;

function formatOf(locale: string, timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    const isKnown = Intl.DateTimeFormat.supportedLocalesOf([locale]).length > 0;
    return isKnown ? new Intl.DateTimeFormat(locale, { ...parts, timeZone }) : undefined;
  } catch {
    return undefined;
  }
}
