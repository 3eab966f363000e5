/**
 * A region or a postal code as two of them are compared: only letters and digits, in upper case, so that nobody pays another tax by spelling.
 * What is kept and shown stays as it was typed.
 */
export function comparablePlace(text: string): string {
  return text.normalize('NFKC').toUpperCase().normalize('NFKC').replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** A place as far as its region goes. */
interface Regional {
  readonly country: string;
  readonly region: string | null;
}

/** Whether a place is in a region that has several names. */
export function isSameRegion(names: readonly string[], { country, region }: Regional): boolean {
  return region !== null && names.some((name) => comparableRegion(name, country) === comparableRegion(region, country));
}

/** Whether a region is written as the code of another: both are codes of ISO 3166-2, and as long. */
export function looksAlike(name: string, { country, region }: Regional): boolean {
  const [one, other] = [comparableRegion(name, country), comparableRegion(region ?? '', country)];
  return isCode(one) && isCode(other) && one.length === other.length;
}

/** ISO 3166-2 writes the country before the region: US-NY is NY. */
function comparableRegion(text: string, country: string): string {
  const upper = text.normalize('NFKC').trim().toUpperCase();
  return comparablePlace(upper.startsWith(`${country}-`) ? upper.slice(country.length + 1) : upper);
}

function isCode(region: string): boolean {
  return /^[A-Z0-9]{1,3}$/.test(region);
}
