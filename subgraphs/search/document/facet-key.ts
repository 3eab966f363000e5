/** Stands between a facet's key and its value: no name can have it. */
const between = '\u001f';

/** A facet's value as a document keeps it. */
export function facetEntry(key: string, value: string): string {
  return `${key.replaceAll(between, ' ')}${between}${value.replaceAll(between, ' ')}`;
}

/** The same for SQL. */
export const betweenSql = `E'\\x1f'`;

/** How an attribute or its choice is called where nobody named it: `safe-in` is “Safe in”. */
export function spelledOut(key: string): string {
  const words = key.replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** An entry taken apart again. */
export function facetParts(entry: string): { readonly key: string; readonly value: string } {
  const at = entry.indexOf(between);
  return { key: entry.slice(0, at), value: entry.slice(at + between.length) };
}
